import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('out')
    }
  })
  try {
    yield* asyncio.timeout(1, function* () {
      yield* asyncio.taskGroup(function* (tg) {
        tg.createTask(worker())
        tg.createTask(worker())
      })
    })
  } catch (error) {
    trace(error, asyncio.currentTask()!.cancelling())
  }
}

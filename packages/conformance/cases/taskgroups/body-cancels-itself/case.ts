import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const child = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(1)
      trace('child unwound')
    }
  })
  const worker = co(function* () {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(child())
      yield* asyncio.sleep(1)
      asyncio.currentTask()!.cancel('self')
      trace('cancelled, not yet told')
      yield* asyncio.sleep(10)
      trace('never')
    })
  })
  const task = asyncio.createTask(worker())
  try {
    yield* task
  } catch (error) {
    trace(error, task.cancelled(), task.cancelling())
  }
}

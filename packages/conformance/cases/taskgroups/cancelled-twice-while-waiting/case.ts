import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const stubborn = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(5)
      trace('child unwound')
    }
  })
  const worker = co(function* () {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(stubborn())
    })
  })
  const task = asyncio.createTask(worker())
  yield* asyncio.sleep(1)
  task.cancel('one')
  yield* asyncio.sleep(1)
  task.cancel('two')
  trace(task.done(), task.cancelling())
  try {
    yield* task
  } catch (error) {
    trace(error, task.cancelling())
  }
}

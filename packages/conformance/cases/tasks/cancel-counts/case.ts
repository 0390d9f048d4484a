import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    const task = asyncio.currentTask()!
    for (let round = 0; round < 2; round++) {
      try {
        yield* asyncio.sleep(10)
      } catch {
        trace('cancelling', task.cancelling())
      }
    }
    trace(task.uncancel(), task.cancelling())
    yield* asyncio.sleep(1)
    trace('slept with a count of', task.cancelling())
    trace(task.uncancel(), task.uncancel(), task.cancelling())
    return 'result'
  })
  const task = asyncio.createTask(worker())
  yield* asyncio.sleep(1)
  task.cancel()
  yield* asyncio.sleep(1)
  task.cancel()
  trace(yield* task, task.cancelled(), task.cancelling())
}

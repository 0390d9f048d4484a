import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    const task = asyncio.currentTask()!
    task.cancel()
    task.cancel()
    trace(task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel())
    yield* asyncio.sleep(1)
    trace('not cancelled')
    task.cancel()
    task.cancel()
    task.uncancel()
    try {
      yield* asyncio.sleep(1)
    } catch {
      trace('cancelled', task.cancelling())
    }
  })
  yield* asyncio.createTask(worker())
}

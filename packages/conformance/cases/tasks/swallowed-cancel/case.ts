import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } catch {
      // swallowed
    }
    return 'done'
  })
  const task = asyncio.createTask(worker())
  yield* asyncio.sleep(0)
  task.cancel()
  trace(yield* task, task.cancelled(), task.cancelling())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } catch {
      trace('first')
      try {
        yield* asyncio.sleep(10)
      } catch (error) {
        trace('second')
        throw error
      }
    }
  })
  const task = asyncio.createTask(worker())
  yield* asyncio.sleep(1)
  task.cancel()
  yield* asyncio.sleep(1)
  task.cancel()
  yield* asyncio.wait([task])
  trace(task.cancelled(), task.cancelling())
}

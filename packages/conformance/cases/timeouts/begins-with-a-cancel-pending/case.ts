import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const work = co(function* () {
    asyncio.currentTask()!.cancel()
    try {
      yield* asyncio.timeout(0, function* () {
        yield* asyncio.sleep(1)
      })
    } catch (error) {
      if (error instanceof asyncio.TimeoutError) trace('timed out', asyncio.currentTask()!.cancelling())
      throw error
    }
  })

  const task = asyncio.createTask(work())
  yield* asyncio.wait([task])
  trace(task.cancelled())
  if (!task.cancelled()) {
    trace(task.exception())
  }
}

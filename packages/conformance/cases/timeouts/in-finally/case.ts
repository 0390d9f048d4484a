import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const task = asyncio.currentTask()!
  try {
    yield* asyncio.timeout(1, function* () {
      try {
        yield* asyncio.sleep(10)
      } finally {
        trace('unwinding', task.cancelling())
        try {
          yield* asyncio.timeout(1, function* () {
            yield* asyncio.sleep(10)
          })
        } catch (error) {
          if (!(error instanceof asyncio.TimeoutError)) throw error
          trace('inner', error, task.cancelling())
        }
      }
    })
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error
    trace('outer', error, task.cancelling())
  }
}

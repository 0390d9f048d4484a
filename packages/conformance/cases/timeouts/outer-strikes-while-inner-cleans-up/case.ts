import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const task = asyncio.currentTask()!
  try {
    yield* asyncio.timeout(2, function* (outer) {
      let inner!: typeof outer
      try {
        yield* asyncio.timeout(1, function* (t) {
          inner = t
          try {
            yield* asyncio.sleep(10)
          } finally {
            trace('clean-up', task.cancelling())
            yield* asyncio.sleep(10)
          }
        })
      } catch (error) {
        if (error instanceof asyncio.TimeoutError) trace('never')
        throw error
      } finally {
        trace('inner', inner.expired(), outer.expired(), task.cancelling())
      }
    })
  } catch (error) {
    trace('outer', error, task.cancelling())
  }
  yield* asyncio.sleep(1)
  trace('goes on')
}

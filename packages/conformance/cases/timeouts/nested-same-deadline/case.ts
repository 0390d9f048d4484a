import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  try {
    yield* asyncio.timeout(1, function* (outer) {
      let inner!: typeof outer
      try {
        yield* asyncio.timeout(1, function* (t) {
          inner = t
          yield* asyncio.sleep(10)
        })
      } catch (error) {
        trace('inner', error, inner.expired(), outer.expired())
        throw error
      }
    })
  } catch (error) {
    trace('outer', error, asyncio.currentTask()!.cancelling())
  }
}

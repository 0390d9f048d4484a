import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  yield* asyncio.sleep(5)
  for (const limit of [0, -1]) {
    try {
      yield* asyncio.timeout(limit, function* () {
        yield* asyncio.sleep(0)
        trace('one turn')
        yield* asyncio.sleep(0)
        trace('two turns')
        yield* asyncio.sleep(1)
        trace('never')
      })
    } catch (error) {
      if (!(error instanceof asyncio.TimeoutError)) throw error
      trace(error)
    }
  }
  try {
    yield* asyncio.timeoutAt(1, function* () {
      yield* asyncio.sleep(1)
    })
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error
    trace(error)
  }
}

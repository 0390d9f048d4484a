import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  yield* asyncio.sleep(5)
  for (const when of [loop.time() + 1, loop.time() - 1, null]) {
    let limit!: InstanceType<typeof asyncio.Timeout>
    try {
      yield* asyncio.timeoutAt(when, function* (t) {
        limit = t
        trace(t.when() === when, t.expired())
        yield* asyncio.sleep(2)
        trace('slept')
      })
    } catch (error) {
      trace(error, limit.expired())
    }
  }
  try {
    yield* asyncio.timeout(-1, function* () {
      trace('in the body')
      yield* asyncio.sleep(0)
      trace('first turn')
      yield* asyncio.sleep(0)
      trace('never')
    })
  } catch (error) {
    trace(error)
  }
}

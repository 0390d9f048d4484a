import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const event = new asyncio.Event()
  const limited = co(function* () {
    try {
      trace('limited', yield* asyncio.waitFor(event.wait(), 1))
    } catch (error) {
      trace('limited', error, event.isSet())
    }
  })
  const patient = co(function* () {
    trace('patient', yield* event.wait())
  })
  loop.callLater(1, () => event.set())
  yield* asyncio.gather(limited(), patient())
  try {
    yield* asyncio.waitFor(event.wait(), 0)
  } catch (error) {
    trace('no time at all', error)
  }
}

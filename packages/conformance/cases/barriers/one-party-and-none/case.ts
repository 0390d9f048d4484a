import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const barrier = new asyncio.Barrier(1)
  loop.callSoon(trace, 'turn')
  trace(yield* barrier.wait(), yield* barrier.wait())
  yield* asyncio.sleep(0)
  for (const parties of [0, -1]) {
    try {
      new asyncio.Barrier(parties)
    } catch (error) {
      trace(error)
    }
  }
}

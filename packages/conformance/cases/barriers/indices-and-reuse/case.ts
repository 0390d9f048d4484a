import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(3)
  const worker = co(function* (n: number) {
    for (let round = 0; round < 2; round++) trace(n, 'round', round, 'place', yield* barrier.wait())
  })
  yield* asyncio.gather([0, 1, 2].map((n) => worker(n)))
  trace(barrier.nWaiting, barrier.broken, barrier.parties)
}

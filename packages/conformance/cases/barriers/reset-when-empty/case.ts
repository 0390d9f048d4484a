import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(2)
  const worker = co(function* (n: string) {
    try {
      trace(n, yield* barrier.wait())
    } catch (error) {
      trace(n, error)
    }
  })
  yield* barrier.reset()
  trace(barrier.nWaiting, barrier.broken)
  yield* asyncio.gather(worker('a'), worker('b'))
  yield* barrier.abort()
  trace(barrier.broken)
  yield* asyncio.gather(worker('c'), worker('d'))
  yield* barrier.reset()
  trace(barrier.broken)
  yield* asyncio.gather(worker('e'), worker('f'))
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(2)
  const worker = co(function* (n: string) {
    trace(n, yield* barrier.wait())
  })
  const a = asyncio.createTask(worker('a'))
  yield* asyncio.sleep(0)
  trace(barrier.nWaiting)
  a.cancel()
  yield* asyncio.sleep(1)
  trace(barrier.nWaiting, barrier.broken)
  trace(yield* asyncio.gather(worker('b'), worker('c')))
}

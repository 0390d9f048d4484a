import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(2)
  const limited = co(function* (n: string) {
    try {
      trace(n, yield* asyncio.waitFor(barrier.wait(), 1))
    } catch (error) {
      trace(n, error, barrier.nWaiting, barrier.broken)
    }
  })
  yield* limited('a')
  const task = asyncio.createTask(limited('b'))
  yield* asyncio.sleep(0.5)
  trace(barrier.nWaiting)
  trace('main', yield* barrier.wait())
  yield* task
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(3)
  const worker = co(function* (n: number) {
    try {
      trace(n, yield* barrier.wait())
    } catch (error) {
      trace(n, error)
    }
  })
  const tasks = [0, 1].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(1)
  trace('main', yield* barrier.wait())
  yield* barrier.abort()
  trace('aborted', barrier.broken)
  yield* asyncio.gather(tasks)
  trace(barrier.nWaiting, barrier.broken)
}

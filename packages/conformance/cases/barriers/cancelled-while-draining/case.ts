import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(3)
  const worker = co(function* (n: number) {
    try {
      trace(n, yield* barrier.wait())
    } catch (error) {
      if (asyncio.isCancelled(error)) trace(n, 'cancelled', barrier.broken)
      throw error
    }
  })
  const tasks = [0, 1].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(1)
  yield* barrier.wait()
  tasks[0]!.cancel()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  trace(barrier.nWaiting, barrier.broken)
  yield* asyncio.gather([10, 11, 12].map((n) => worker(n)))
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = loop.createFuture<void>()
  const waiter = co(function* (n: number, swallow: boolean) {
    try {
      yield* future
    } catch (error) {
      trace(n, error, asyncio.currentTask()!.cancelling())
      if (!swallow) throw error
    }
    return n
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n, n === 1)))
  yield* asyncio.sleep(0)
  trace(future.cancel('all'), future.cancel('again'))
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  trace(tasks.map((task) => task.cancelled()))
}

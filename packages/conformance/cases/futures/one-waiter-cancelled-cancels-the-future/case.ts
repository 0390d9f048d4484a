import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = loop.createFuture<void>()
  const waiter = co(function* (n: number) {
    try {
      trace(n, yield* future)
    } catch (error) {
      trace(n, error, asyncio.currentTask()!.cancelling())
      throw error
    }
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  tasks[1]!.cancel('one')
  trace(
    future.cancelled(),
    tasks.map((task) => task.done()),
  )
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
}

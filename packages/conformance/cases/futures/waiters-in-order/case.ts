import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const future = asyncio.getRunningLoop().createFuture()
  const waiter = co(function* (n: number) {
    try {
      trace(n, yield* future)
    } catch (error) {
      trace(n, error)
    }
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  tasks[1]!.cancel('one')
  yield* asyncio.wait(tasks)
  trace(future.cancelled())
}

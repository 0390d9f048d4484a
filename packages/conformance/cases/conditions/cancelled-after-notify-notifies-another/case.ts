import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* (n: number) {
    using _ = yield* cond.acquire()
    try {
      yield* cond.wait()
      trace(n, 'notified')
    } catch (error) {
      trace(n, 'cancelled')
      throw error
    }
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  {
    using _ = yield* cond.acquire()
    cond.notify(1)
    tasks[0]!.cancel()
  }
  yield* asyncio.sleep(1)
  trace(tasks[1]!.done(), tasks[2]!.done())
  tasks[2]!.cancel()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* (n: number) {
    using _ = yield* cond.acquire()
    try {
      yield* cond.wait()
      trace(n, 'notified')
    } catch (error) {
      trace(n, 'cancelled', cond.locked())
      throw error
    }
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  {
    using _ = yield* cond.acquire()
    tasks[0]!.cancel()
    cond.notify(1)
  }
  yield* asyncio.sleep(1)
  trace(tasks.map((task) => task.done()))
  {
    using _ = yield* cond.acquire()
    cond.notify(1)
  }
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }), cond.locked())
}

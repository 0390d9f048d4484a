import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* (n: number) {
    using _ = yield* cond.acquire()
    trace(n, yield* cond.wait(), cond.locked())
  })
  const tasks = [0, 1, 2, 3].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  {
    using _ = yield* cond.acquire()
    cond.notify(2)
    trace('notified')
  }
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  trace('rest')
  {
    using _ = yield* cond.acquire()
    cond.notifyAll()
  }
  yield* asyncio.gather(tasks)
}

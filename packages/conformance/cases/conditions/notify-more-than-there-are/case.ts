import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* (n: number) {
    using _ = yield* cond.acquire()
    yield* cond.wait()
    trace(n)
  })
  {
    using _ = yield* cond.acquire()
    cond.notify(5)
    cond.notifyAll()
    cond.notify(0)
  }
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(1)
  {
    using _ = yield* cond.acquire()
    cond.notify(0)
  }
  yield* asyncio.sleep(1)
  trace(tasks.map((task) => task.done()))
  {
    using _ = yield* cond.acquire()
    cond.notify(10)
  }
  yield* asyncio.gather(tasks)
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* (n: number) {
    using _ = yield* cond.acquire()
    yield* cond.wait()
    trace('waiter', n)
  })
  const taker = co(function* (n: number) {
    using _ = yield* cond.acquire()
    trace('taker', n)
    yield* asyncio.sleep(1)
  })
  const tasks = [0, 1].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  yield* cond.acquire()
  tasks.push(...[0, 1].map((n) => asyncio.createTask(taker(n))))
  yield* asyncio.sleep(0)
  cond.notifyAll()
  yield* asyncio.sleep(1)
  trace('release')
  cond.release()
  yield* asyncio.gather(tasks)
  trace(cond.locked())
}

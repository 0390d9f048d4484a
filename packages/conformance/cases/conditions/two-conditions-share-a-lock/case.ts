import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  const one = new asyncio.Condition(lock)
  const two = new asyncio.Condition(lock)
  const waiter = co(function* (name: string, cond: InstanceType<typeof asyncio.Condition>) {
    using _ = yield* cond.acquire()
    yield* cond.wait()
    trace(name)
  })
  const a = asyncio.createTask(waiter('one', one))
  const b = asyncio.createTask(waiter('two', two))
  yield* asyncio.sleep(0)
  {
    using _ = yield* lock.acquire()
    two.notify()
  }
  yield* asyncio.sleep(1)
  {
    using _ = yield* one.acquire()
    trace(two.locked())
    one.notify()
  }
  yield* asyncio.gather(a, b)
}

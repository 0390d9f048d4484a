import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  let state = 0
  const waiter = co(function* () {
    using _ = yield* cond.acquire()
    trace('got', yield* cond.waitFor(() => (state >= 2 ? state : 0)))
  })
  const task = asyncio.createTask(waiter())
  yield* asyncio.sleep(0)
  for (let n = 0; n < 3; n++) {
    {
      using _ = yield* cond.acquire()
      state += 1
      cond.notify()
      trace('state', state)
    }
    yield* asyncio.sleep(1)
  }
  yield* task
  using _ = yield* cond.acquire()
  trace(yield* cond.waitFor(() => 'at once'))
}

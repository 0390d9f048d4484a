import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* () {
    using _ = yield* cond.acquire()
    try {
      yield* cond.wait()
    } finally {
      trace('unwinding', cond.locked())
    }
  })
  const task = asyncio.createTask(waiter())
  yield* asyncio.sleep(0)
  yield* cond.acquire()
  task.cancel()
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  trace('main releases')
  cond.release()
  trace(yield* asyncio.gather([task], { returnExceptions: true }))
  trace(cond.locked())
}

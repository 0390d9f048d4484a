import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* () {
    using _ = yield* cond.acquire()
    try {
      yield* asyncio.waitFor(cond.wait(), 1)
    } catch (error) {
      trace(error, cond.locked())
    }
    try {
      yield* asyncio.timeout(1, function* () {
        yield* cond.waitFor(() => false)
      })
    } catch (error) {
      trace(error, cond.locked())
    }
  })
  const task = asyncio.createTask(waiter())
  yield* asyncio.sleep(0)
  yield* cond.acquire()
  yield* asyncio.sleep(3)
  trace('release')
  cond.release()
  yield* task
  trace(cond.locked())
}

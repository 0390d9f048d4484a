import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* () {
    using _ = yield* cond.acquire()
    try {
      yield* cond.wait()
    } catch (error) {
      trace(error, cond.locked())
      throw error
    }
  })
  const task = asyncio.createTask(waiter())
  yield* asyncio.sleep(0)
  yield* cond.acquire()
  task.cancel('one')
  yield* asyncio.sleep(0)
  task.cancel('two')
  yield* asyncio.sleep(0)
  task.cancel('three')
  yield* asyncio.sleep(0)
  trace('main releases', task.cancelling())
  cond.release()
  trace(yield* asyncio.gather([task], { returnExceptions: true }))
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  const waiter = co(function* (n: number) {
    using _ = yield* cond.acquire()
    try {
      yield* cond.wait()
      trace(n, 'notified')
    } catch (error) {
      trace(n, error, cond.locked())
      throw error
    }
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  yield* cond.acquire()
  cond.notify(1)
  yield* asyncio.sleep(1)
  trace('cancel', tasks[0]!.cancel('held'))
  yield* asyncio.sleep(1)
  trace(
    'still held',
    tasks.map((task) => task.done()),
  )
  cond.release()
  yield* asyncio.sleep(1)
  trace(tasks.map((task) => task.done()))
  {
    using _ = yield* cond.acquire()
    cond.notifyAll()
  }
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(cond.locked(), tasks[0]!.cancelling())
}

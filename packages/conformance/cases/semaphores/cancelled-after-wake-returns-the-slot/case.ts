import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(0)
  const worker = co(function* (name: string) {
    using _ = yield* sem.acquire()
    trace(name)
  })
  const tasks = ['a', 'b', 'c'].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(0)
  sem.release()
  tasks[0]!.cancel()
  trace(sem.locked())
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  trace(sem.locked())
}

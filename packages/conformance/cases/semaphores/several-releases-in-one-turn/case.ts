import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(0)
  const worker = co(function* (n: number) {
    yield* sem.acquire()
    trace(n)
  })
  const tasks = [0, 1, 2, 3, 4].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(0)
  for (let n = 0; n < 3; n++) sem.release()
  yield* asyncio.sleep(0)
  trace('turn', sem.locked())
  sem.release()
  sem.release()
  sem.release()
  yield* asyncio.gather(tasks)
  trace(sem.locked())
}

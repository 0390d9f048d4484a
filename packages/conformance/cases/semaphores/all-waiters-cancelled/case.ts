import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(0)
  const tasks = [0, 1, 2].map(() => asyncio.createTask(sem.acquire()))
  yield* asyncio.sleep(0)
  sem.release()
  sem.release()
  for (const task of tasks) task.cancel()
  trace('locked', sem.locked())
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  trace('locked', sem.locked())
  yield* sem.acquire()
  trace('locked', sem.locked())
  yield* sem.acquire()
  trace('locked', sem.locked())
}

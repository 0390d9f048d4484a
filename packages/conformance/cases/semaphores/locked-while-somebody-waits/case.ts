import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(1)
  yield* sem.acquire()
  const task = asyncio.createTask(sem.acquire())
  yield* asyncio.sleep(0)
  sem.release()
  sem.release()
  trace(sem.locked())
  yield* task
  trace(sem.locked())
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.BoundedSemaphore(2)
  yield* sem.acquire()
  sem.release()
  try {
    sem.release()
  } catch (error) {
    trace(error)
  }
  try {
    new asyncio.Semaphore(-1)
  } catch (error) {
    trace(error)
  }
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  try {
    lock.release()
  } catch (error) {
    trace(error)
  }
  yield* lock.acquire()
  lock.release()
  try {
    lock.release()
  } catch (error) {
    trace(error)
  }
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const cond = new asyncio.Condition()
  try {
    yield* cond.wait()
  } catch (error) {
    trace(error)
  }
  try {
    cond.notify()
  } catch (error) {
    trace(error)
  }
  try {
    cond.notifyAll()
  } catch (error) {
    trace(error)
  }
}

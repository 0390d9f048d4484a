import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const limit = new asyncio.Timeout(1)
  try {
    limit.reschedule(2)
  } catch (error) {
    trace(error)
  }
  let inside!: typeof limit
  try {
    yield* asyncio.timeout(1, function* (t) {
      inside = t
      t.reschedule(3)
      yield* asyncio.sleep(2)
      trace('still here')
      t.reschedule(null)
      yield* asyncio.sleep(5)
      trace('no limit', t.when())
      t.reschedule(loop.time() - 1)
      trace('overdue, not struck inside the call')
      yield* asyncio.sleep(1)
    })
  } catch (error) {
    trace(error)
  }
  try {
    inside.reschedule(20)
  } catch (error) {
    trace(error)
  }
}

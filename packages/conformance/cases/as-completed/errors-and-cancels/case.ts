import { asyncio, co, trace } from '../../../src/case.ts'
import type { Task } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const cancelled = asyncio.createTask(asyncio.sleep(10))
  loop.callLater(2, () => cancelled.cancel())
  const slow = asyncio.createTask(asyncio.sleep(3, 'slow'))
  const waiting: Task<unknown>[] = [slow, cancelled, asyncio.createTask(fail(1)), slow]
  for (const nextOne of asyncio.asCompleted(waiting)) {
    try {
      trace(yield* nextOne)
    } catch (error) {
      trace(error)
    }
  }
  trace([...asyncio.asCompleted([])])
}

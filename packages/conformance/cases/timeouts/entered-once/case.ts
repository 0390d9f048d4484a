import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const limit = new asyncio.Timeout(loop.time() + 1)
  trace(limit.when(), limit.expired())
  limit.enter()
  yield* asyncio.sleep(0.5)
  trace(limit.when())
  limit.exit()
  try {
    limit.enter()
    trace('never')
  } catch (error) {
    trace(error)
  }
  try {
    limit.reschedule(5)
  } catch (error) {
    trace(error)
  }
  for (const wrong of ['soon'] as unknown as number[]) {
    try {
      yield* asyncio.timeout(wrong, () => trace('never'))
    } catch (error) {
      trace(error)
    }
  }
}

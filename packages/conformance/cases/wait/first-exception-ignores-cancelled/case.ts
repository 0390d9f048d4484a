import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const a = asyncio.createTask(asyncio.sleep(10))
  const b = asyncio.createTask(fail(2))
  const c = asyncio.createTask(asyncio.sleep(10))
  asyncio.getRunningLoop().callLater(1, () => a.cancel())
  const { done, pending } = yield* asyncio.wait([a, b, c] as unknown as (typeof a)[], {
    returnWhen: asyncio.FIRST_EXCEPTION,
  })
  trace(done.size, pending.size)
  c.cancel()
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const cancelled = co(function* (): Generator<undefined, void> {
    throw new asyncio.CancelledError('mine')
  })
  const outer = asyncio.gather([asyncio.sleep(2, 'slow'), fail(1), cancelled()], { returnExceptions: true })
  trace(outer.done())
  trace(yield* outer)
  trace(yield* asyncio.gather(), yield* asyncio.gather([], { returnExceptions: true }))
  trace(asyncio.gather().done())
}

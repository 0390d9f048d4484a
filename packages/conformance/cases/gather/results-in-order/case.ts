import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number, delay: number) {
    yield* asyncio.sleep(delay)
    trace('ran', n)
    return n
  })
  const shared = asyncio.sleep(2, 'slept')
  trace(yield* asyncio.gather(shared, worker(2, 1), shared))
  trace(yield* asyncio.gather())
}

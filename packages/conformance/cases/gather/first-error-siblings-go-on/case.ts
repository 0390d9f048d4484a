import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number, error: boolean) {
    yield* asyncio.sleep(n)
    trace('ends', n)
    if (error) throw new asyncio.ValueError(String(n))
    return n
  })
  try {
    yield* asyncio.gather(worker(1, false), worker(2, true), worker(3, true), worker(4, false))
  } catch (error) {
    trace(error)
  }
  yield* asyncio.sleep(5)
}

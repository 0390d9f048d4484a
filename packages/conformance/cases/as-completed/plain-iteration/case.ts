import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number) {
    yield* asyncio.sleep(n)
    if (n === 2) throw new asyncio.ValueError(String(n))
    return n
  })
  for (const item of asyncio.asCompleted([worker(3), worker(1), worker(2)])) {
    try {
      trace(yield* item)
    } catch (error) {
      trace(error)
    }
  }
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  for (const size of [0, -1, 2]) {
    const q = new asyncio.Queue<number>(size)
    trace(q.maxsize, q.full(), q.empty(), q.qsize())
    for (const n of [0, 1]) yield* q.put(n)
    trace(q.maxsize, q.full(), q.empty(), q.qsize())
  }
}

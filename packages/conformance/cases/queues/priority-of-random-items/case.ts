import { asyncio, trace } from '../../../src/case.ts'

export function* main(): Generator<undefined, void> {
  const q = new asyncio.PriorityQueue<number>()
  let seed = 1
  const out: number[] = []
  for (let n = 0; n < 60; n++) {
    seed = (seed * 75) % 65537
    q.putNowait(seed)
    if (n % 3 === 2) out.push(q.getNowait())
  }
  trace(out)
  trace(Array.from({ length: q.qsize() }, () => q.getNowait()))
}

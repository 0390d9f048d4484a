import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const p = new asyncio.PriorityQueue<[number, string]>()
  const items: [number, string][] = [
    [3, 'c'],
    [1, 'b'],
    [2, 'a'],
    [1, 'a'],
  ]
  for (const item of items) yield* p.put(item)
  const s = new asyncio.LifoQueue<number>()
  for (const item of [0, 1, 2]) yield* s.put(item)
  trace([p.getNowait(), p.getNowait(), p.getNowait(), p.getNowait()])
  trace([s.getNowait(), s.getNowait(), s.getNowait()])
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.PriorityQueue<number>(2)
  const getter = co(function* (n: string) {
    trace(n, yield* q.get())
  })
  const putter = co(function* (n: number) {
    yield* q.put(n)
    trace('put', n)
  })
  const a = asyncio.createTask(getter('a'))
  yield* asyncio.sleep(0)
  q.putNowait(3)
  q.putNowait(1)
  yield* a
  q.putNowait(2)
  const b = asyncio.createTask(putter(0))
  yield* asyncio.sleep(1)
  trace('full', q.full())
  trace(q.getNowait())
  yield* b
  trace(q.getNowait(), q.getNowait())
}

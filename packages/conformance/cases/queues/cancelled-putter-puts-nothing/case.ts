import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>(1)
  q.putNowait(0)
  const putter = co(function* (n: number) {
    yield* q.put(n)
    trace('put', n)
  })
  const a = asyncio.createTask(putter(1))
  const b = asyncio.createTask(putter(2))
  yield* asyncio.sleep(0)
  trace(q.getNowait())
  a.cancel()
  trace(yield* asyncio.gather([a, b], { returnExceptions: true }))
  trace(q.getNowait(), q.empty())
}

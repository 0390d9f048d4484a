import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  const getter = co(function* (n: string) {
    trace(n, yield* q.get())
  })
  const a = asyncio.createTask(getter('a'))
  const b = asyncio.createTask(getter('b'))
  yield* asyncio.sleep(0)
  q.putNowait(1)
  a.cancel()
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  trace(a.cancelled(), b.done(), q.qsize())
  b.cancel()
  q.putNowait(2)
  trace(yield* asyncio.gather([a, b], { returnExceptions: true }), q.qsize())
}

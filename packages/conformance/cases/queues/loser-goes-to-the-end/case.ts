import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  const getter = co(function* (n: string) {
    trace(n, yield* q.get())
  })
  const tasks = ['a', 'b', 'c'].map((n) => asyncio.createTask(getter(n)))
  yield* asyncio.sleep(0)
  q.putNowait(0)
  trace('stolen', q.getNowait())
  yield* asyncio.sleep(1)
  for (const n of [1, 2, 3]) {
    q.putNowait(n)
    yield* asyncio.sleep(1)
  }
  yield* asyncio.gather(tasks)
}

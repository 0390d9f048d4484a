import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string | number>(1)
  q.putNowait('first')
  const putter = co(function* (n: number) {
    yield* q.put(n)
    trace('put', n)
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(putter(n)))
  yield* asyncio.sleep(1)
  for (let round = 0; round < 4; round++) {
    trace('got', q.getNowait(), q.full())
    yield* asyncio.sleep(1)
  }
  yield* asyncio.gather(tasks)
  trace(q.empty())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string>(1)
  q.putNowait('a')
  const putter = co(function* () {
    yield* q.put('c')
    trace('put c')
  })
  const task = asyncio.createTask(putter())
  yield* asyncio.sleep(0)
  trace(q.getNowait())
  q.putNowait('b')
  yield* asyncio.sleep(1)
  trace(task.done(), q.qsize())
  trace(q.getNowait())
  yield* task
  trace(q.getNowait(), q.empty())
}

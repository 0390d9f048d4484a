import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>(2)
  q.putNowait(1)
  q.putNowait(2)
  const putter = co(function* () {
    try {
      yield* q.put(3)
    } catch (error) {
      trace('putter', error)
    }
  })
  const task = asyncio.createTask(putter())
  yield* asyncio.sleep(0)
  trace(q.getNowait())
  q.shutdown()
  yield* task
  trace(yield* q.get(), q.empty())
  try {
    yield* q.get()
  } catch (error) {
    trace(error)
  }
  const joiner = asyncio.createTask(q.join())
  yield* asyncio.sleep(1)
  q.taskDone()
  trace(joiner.done())
  q.taskDone()
  yield* joiner
  trace('joined')
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  for (let n = 0; n < 3; n++) q.putNowait(n)
  const taken = q.getNowait()
  const joiner = co(function* () {
    yield* q.join()
    trace('joined')
  })
  const task = asyncio.createTask(joiner())
  yield* asyncio.sleep(0)
  q.shutdown(true)
  yield* asyncio.sleep(1)
  trace(q.qsize(), task.done(), taken)
  q.taskDone()
  yield* task
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  const joiner = co(function* () {
    yield* q.join()
    trace('joined', q.qsize())
  })
  q.putNowait(1)
  const task = asyncio.createTask(joiner())
  yield* asyncio.sleep(0)
  q.putNowait(2)
  q.getNowait()
  q.taskDone()
  yield* asyncio.sleep(1)
  trace(task.done())
  q.getNowait()
  q.taskDone()
  q.putNowait(3)
  yield* task
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  for (let n = 0; n < 3; n++) q.putNowait(n)
  const joiner = co(function* (name: string) {
    yield* q.join()
    trace(name, 'joined')
  })
  const tasks = ['a', 'b'].map((n) => asyncio.createTask(joiner(n)))
  yield* asyncio.sleep(0)
  for (let n = 0; n < 3; n++) {
    trace('item', q.getNowait())
    yield* asyncio.sleep(1)
    q.taskDone()
  }
  yield* asyncio.gather(tasks)
  yield* q.join()
  try {
    q.taskDone()
  } catch (error) {
    trace(error)
  }
}

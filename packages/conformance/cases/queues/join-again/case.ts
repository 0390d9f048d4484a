import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const q = new asyncio.Queue<number>()
  loop.callSoon(trace, 'turn')
  yield* q.join()
  trace('nothing to wait for')
  yield* asyncio.sleep(0)
  const joiner = co(function* (n: string) {
    yield* q.join()
    trace(n, 'joined')
  })
  for (let round = 0; round < 2; round++) {
    q.putNowait(round)
    const tasks = ['a', 'b', 'c'].map((n) => asyncio.createTask(joiner(n)))
    yield* asyncio.sleep(1)
    tasks[1]!.cancel()
    q.getNowait()
    yield* asyncio.sleep(1)
    trace(tasks.map((task) => task.done()))
    q.taskDone()
    trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  }
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  const getter = co(function* (n: string) {
    trace(n, yield* q.get())
  })
  const tasks = ['a', 'b', 'c', 'd'].map((n) => asyncio.createTask(getter(n)))
  yield* asyncio.sleep(0)
  q.putNowait(1)
  q.putNowait(2)
  tasks[0]!.cancel()
  tasks[1]!.cancel()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }), q.qsize())
}

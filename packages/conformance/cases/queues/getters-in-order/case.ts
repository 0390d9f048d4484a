import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string>()
  const getter = co(function* (n: number) {
    trace(n, yield* q.get())
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(getter(n)))
  yield* asyncio.sleep(0)
  tasks[1]!.cancel()
  for (const item of ['x', 'y', 'z']) q.putNowait(item)
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }), q.qsize())
}

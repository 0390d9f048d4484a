import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<string>()
  const getter = co(function* (n: string) {
    try {
      trace(n, yield* q.get())
    } catch (error) {
      trace(n, error)
    }
  })
  const tasks = ['a', 'b', 'c'].map((n) => asyncio.createTask(getter(n)))
  yield* asyncio.sleep(0)
  q.putNowait('item')
  q.shutdown()
  q.shutdown()
  yield* asyncio.gather(tasks)
  q.taskDone()
  yield* q.join()
  trace('joined')
}

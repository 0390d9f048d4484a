import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const q = new asyncio.Queue<number>()
  const getter = co(function* (n: number) {
    try {
      yield* q.get()
    } catch (error) {
      trace(n, error)
    }
  })
  const tasks = [0, 1].map((n) => asyncio.createTask(getter(n)))
  yield* asyncio.sleep(0)
  q.shutdown()
  q.shutdown()
  yield* asyncio.gather(tasks)
}

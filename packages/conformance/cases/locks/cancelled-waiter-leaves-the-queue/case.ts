import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const worker = co(function* (name: string) {
    using _ = yield* lock.acquire()
    trace(name)
  })
  const tasks = ['a', 'b', 'c'].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(0)
  tasks[1]!.cancel()
  yield* asyncio.sleep(0)
  lock.release()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
}

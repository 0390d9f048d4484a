import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(1)
  yield* sem.acquire()
  const worker = co(function* (name: string) {
    using _ = yield* sem.acquire()
    trace(name)
  })
  const a = asyncio.createTask(worker('a'))
  yield* asyncio.sleep(0)
  sem.release()
  trace(sem.locked())
  const b = asyncio.createTask(worker('b'))
  yield* sem.acquire()
  trace('main')
  sem.release()
  yield* asyncio.gather(a, b)
  trace(sem.locked())
}

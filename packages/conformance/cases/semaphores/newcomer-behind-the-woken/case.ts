import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(0)
  const worker = co(function* (name: string) {
    yield* sem.acquire()
    trace(name)
  })
  const first = asyncio.createTask(worker('first'))
  yield* asyncio.sleep(0)
  sem.release()
  sem.release()
  trace('locked', sem.locked())
  const second = asyncio.createTask(worker('second'))
  if (sem.locked()) trace('would wait')
  else yield* sem.acquire()
  yield* first
  yield* asyncio.sleep(0)
  trace('second', second.done(), sem.locked())
  sem.release()
  yield* second
  trace(sem.locked())
}

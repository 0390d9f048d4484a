import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  const releaser = co(function* (): Generator<undefined, void> {
    trace('releases', lock.locked())
    lock.release()
  })
  yield* lock.acquire()
  asyncio.createTask(releaser())
  yield* lock.acquire()
  trace('again', lock.locked())
  lock.release()
  trace(lock.locked())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const worker = co(function* (name: string) {
    using _ = yield* lock.acquire()
    trace(name, 'has it')
  })
  const first = asyncio.createTask(worker('first'))
  yield* asyncio.sleep(0)
  lock.release()
  trace('locked', lock.locked())
  const second = asyncio.createTask(worker('second'))
  yield* lock.acquire()
  trace('main has it')
  lock.release()
  yield* asyncio.gather(first, second)
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const worker = co(function* (name: string) {
    try {
      using _ = yield* lock.acquire()
      trace(name)
    } finally {
      trace(name, 'out')
    }
  })
  const a = asyncio.createTask(worker('a'))
  const b = asyncio.createTask(worker('b'))
  yield* asyncio.sleep(0)
  a.cancel()
  lock.release()
  trace(lock.locked())
  const c = asyncio.createTask(worker('c'))
  for (let n = 0; n < 4; n++) {
    yield* asyncio.sleep(0)
    trace('turn', n)
  }
  trace(yield* asyncio.gather([a, b, c], { returnExceptions: true }))
}

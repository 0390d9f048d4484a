import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  const worker = co(function* (n: number) {
    using _ = yield* lock.acquire()
    trace(n)
    yield* asyncio.sleep(1)
  })
  yield* asyncio.gather([0, 1, 2, 3].map((n) => worker(n)))
  trace(lock.locked())
}

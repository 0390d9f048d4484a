import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const sem = new asyncio.Semaphore(2)
  let inside = 0
  const worker = co(function* (n: number) {
    using _ = yield* sem.acquire()
    inside++
    trace(n, 'enters', inside)
    yield* asyncio.sleep(1 + (n % 2))
    inside--
  })
  yield* asyncio.gather([0, 1, 2, 3, 4, 5].map((n) => worker(n)))
  trace(inside, sem.locked())
}

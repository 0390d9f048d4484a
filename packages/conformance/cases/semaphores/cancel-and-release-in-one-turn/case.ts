import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  for (const first of ['cancel', 'release']) {
    const sem = new asyncio.Semaphore(0)
    const worker = co(function* (name: string) {
      yield* sem.acquire()
      trace(first, name)
    })
    const a = asyncio.createTask(worker('a'))
    const b = asyncio.createTask(worker('b'))
    yield* asyncio.sleep(0)
    if (first === 'cancel') {
      a.cancel()
      sem.release()
    } else {
      sem.release()
      a.cancel()
    }
    trace(yield* asyncio.gather([a, b], { returnExceptions: true }))
  }
}

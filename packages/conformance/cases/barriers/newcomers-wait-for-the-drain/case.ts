import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const barrier = new asyncio.Barrier(2)
  const worker = co(function* (n: number) {
    const place = yield* barrier.wait()
    trace(n, place)
  })
  const tasks = [0, 1, 2, 3].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(0)
  trace('waiting', barrier.nWaiting)
  yield* asyncio.sleep(0)
  trace('waiting', barrier.nWaiting)
  yield* asyncio.gather(tasks)
  trace('waiting', barrier.nWaiting)
}

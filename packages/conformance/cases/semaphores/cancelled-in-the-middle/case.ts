import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const sem = new asyncio.Semaphore(0)
  const worker = co(function* (n: number) {
    yield* sem.acquire()
    trace(n)
  })
  const tasks = [0, 1, 2, 3].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(0)
  tasks[1]!.cancel()
  yield* asyncio.sleep(0)
  sem.release()
  sem.release()
  sem.release()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }), sem.locked())
  sem.release()
  trace(sem.locked())
  loop.callSoon(trace, 'turn')
  yield* sem.acquire()
  trace('no turn needed')
  yield* asyncio.sleep(0)
}

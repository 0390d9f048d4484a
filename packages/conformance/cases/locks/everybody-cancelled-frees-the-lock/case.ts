import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const tasks = [0, 1].map(() => asyncio.createTask(lock.acquire()))
  yield* asyncio.sleep(0)
  lock.release()
  for (const task of tasks) task.cancel()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  trace('locked', lock.locked())
  loop.callSoon(trace, 'turn')
  yield* lock.acquire()
  trace('main has it')
  yield* asyncio.sleep(0)
}

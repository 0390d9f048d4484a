import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const worker = co(function* (name: string) {
    using _ = yield* lock.acquire()
    trace(name, 'has it')
  })
  const tasks = ['a', 'b', 'c', 'd'].map((n) => asyncio.createTask(worker(n)))
  yield* asyncio.sleep(0)
  lock.release()
  tasks[0]!.cancel()
  tasks[1]!.cancel()
  tasks[2]!.cancel()
  trace('locked', lock.locked())
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
  trace('locked', lock.locked())
}

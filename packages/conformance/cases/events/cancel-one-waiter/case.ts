import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const event = new asyncio.Event()
  const waiter = co(function* (n: number) {
    try {
      yield* event.wait()
      trace(n, 'set')
    } catch (error) {
      trace(n, 'cancelled')
      throw error
    }
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  tasks[1]!.cancel()
  event.set()
  tasks[2]!.cancel()
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
}

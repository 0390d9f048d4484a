import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const event = new asyncio.Event()
  const waiter = co(function* (n: number) {
    trace(n, yield* event.wait())
  })
  const tasks = [0, 1, 2].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  event.set()
  event.clear()
  yield* asyncio.gather(tasks)
  trace(event.isSet())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const event = new asyncio.Event()
  const waiter = co(function* (n: number) {
    for (let round = 0; round < 2; round++) {
      yield* event.wait()
      trace(n, 'round', round, event.isSet())
    }
  })
  const tasks = [0, 1].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(1)
  event.set()
  event.set()
  event.clear()
  event.clear()
  yield* asyncio.sleep(1)
  trace(tasks.map((task) => task.done()))
  event.set()
  yield* asyncio.gather(tasks)
  trace(yield* event.wait(), event.isSet())
}

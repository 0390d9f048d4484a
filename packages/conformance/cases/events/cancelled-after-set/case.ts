import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const event = new asyncio.Event()
  const waiter = co(function* (n: string) {
    trace(n, yield* event.wait())
  })
  const tasks = ['a', 'b'].map((n) => asyncio.createTask(waiter(n)))
  yield* asyncio.sleep(0)
  event.set()
  trace(tasks[0]!.cancel())
  trace(yield* asyncio.gather(tasks, { returnExceptions: true }))
}

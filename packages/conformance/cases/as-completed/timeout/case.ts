import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const tasks = [1, 3].map((n) => asyncio.createTask(asyncio.sleep(n, n)))
  try {
    for (const item of asyncio.asCompleted(tasks, { timeout: 2 })) trace(yield* item)
  } catch (error) {
    trace(error)
  }
  trace(tasks[1]!.done())
  trace(yield* tasks[1]!)
}

import { asyncio, trace } from '../../../src/case.ts'
import type { Task } from '../../../src/case.ts'

export function* main() {
  const tasks = [2, 3].map((n) => asyncio.createTask(asyncio.sleep(n, n)))
  const waiter = asyncio.createTask(asyncio.wait(tasks))
  yield* asyncio.sleep(1)
  waiter.cancel()
  try {
    yield* waiter
  } catch (error) {
    trace(
      error,
      tasks.map((task) => task.done()),
    )
  }
  tasks[1]!.cancel()
  const first = yield* asyncio.wait(tasks, { returnWhen: asyncio.FIRST_COMPLETED })
  trace(first.done.size, first.pending.size, first.done.has(tasks[1]!))
  const all = yield* asyncio.wait(tasks)
  trace(all.done.size, all.pending.size, tasks[0]!.result())
  for (const wrong of [[], new Set<Task<void>>()]) {
    try {
      yield* asyncio.wait(wrong)
    } catch (error) {
      trace(error)
    }
  }
}

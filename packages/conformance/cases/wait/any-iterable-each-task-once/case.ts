import { asyncio, trace } from '../../../src/case.ts'
import type { Task } from '../../../src/case.ts'

export function* main() {
  const tasks = [1, 2, 3].map((n) => asyncio.createTask(asyncio.sleep(n, n), { name: String(n) }))
  const names = (those: Iterable<Task<number>>) => [...those].map((task) => task.getName()).sort()
  let { done, pending } = yield* asyncio.wait([...tasks, ...tasks].values(), { timeout: 2.5 })
  trace(names(done), names(pending))
  ;({ done, pending } = yield* asyncio.wait(tasks, { timeout: 0 }))
  trace(names(done), names(pending))
  ;({ done, pending } = yield* asyncio.wait(tasks, { returnWhen: asyncio.FIRST_COMPLETED }))
  trace(names(done), names(pending))
  ;({ done, pending } = yield* asyncio.wait(tasks))
  trace(names(done), names(pending))
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const tasks = [1, 2, 3].map((n) => asyncio.createTask(asyncio.sleep(n, n)))
  let { done, pending } = yield* asyncio.wait(tasks, { returnWhen: asyncio.FIRST_COMPLETED })
  trace(done.size, pending.size)
  ;[done, pending] = (yield* asyncio.wait(tasks, { timeout: 1 })) as Iterable<typeof done> as [typeof done, typeof done]
  trace(done.size, pending.size)
  ;({ done, pending } = yield* asyncio.wait(tasks, { timeout: 0 }))
  trace(done.size, pending.size)
  ;({ done, pending } = yield* asyncio.wait(tasks))
  trace(done.size, pending.size)
}

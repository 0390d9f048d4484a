import { asyncio, co, trace } from '../../../src/case.ts'
import type { Task } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const tasks: Task<void>[] = [
    asyncio.createTask(asyncio.sleep(1)),
    asyncio.createTask(fail(2)),
    asyncio.createTask(asyncio.sleep(3)),
  ]
  const first = yield* asyncio.wait(tasks, { returnWhen: asyncio.FIRST_EXCEPTION })
  trace(first.done.size, first.pending.size, tasks[1]!.exception())
  const second = yield* asyncio.wait([tasks[0]!, tasks[2]!], { returnWhen: asyncio.FIRST_EXCEPTION })
  trace(second.done.size, second.pending.size)
  const third = yield* asyncio.wait(tasks, { returnWhen: asyncio.FIRST_EXCEPTION })
  trace(third.done.size, third.pending.size)
}

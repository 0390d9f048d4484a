import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory, Task } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const leftBehind = co(function* () {
    try {
      yield* asyncio.sleep(100)
    } finally {
      trace('cancelled')
      yield* asyncio.sleep(1)
      trace('cleaned up')
    }
  })
  const raises = co(function* () {
    try {
      yield* asyncio.sleep(100)
    } finally {
      yield* asyncio.sleep(2)
      throw new asyncio.ValueError('on the way out')
    }
  })
  const tasks: Task<void>[] = []
  const main = co(function* () {
    tasks.push(asyncio.createTask(leftBehind()))
    tasks.push(asyncio.createTask(raises()))
    yield* asyncio.sleep(0)
    return 'result'
  })
  trace(await asyncio.run(main(), { loopFactory }))
  trace(tasks[0]!.cancelled(), tasks[1]!.exception())
}

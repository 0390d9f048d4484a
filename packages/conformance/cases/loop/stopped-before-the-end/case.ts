import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const main = co(function* () {
    trace('begins')
    yield* asyncio.sleep(2)
    trace('ends')
    return 'result'
  })
  const loop = loopFactory()
  const task = loop.createTask(main())
  loop.callLater(1, () => loop.stop())
  try {
    await loop.runUntilComplete(task)
  } catch (error) {
    trace(error)
  }
  trace(task.done())
  trace(await loop.runUntilComplete(task))
  loop.close()
  loop.close()
}

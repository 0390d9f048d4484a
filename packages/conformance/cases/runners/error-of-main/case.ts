import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const leftBehind = co(function* () {
    try {
      yield* asyncio.sleep(100)
    } finally {
      yield* asyncio.sleep(1)
      trace('cleaned up')
    }
  })
  const main = co(function* () {
    asyncio.createTask(leftBehind())
    yield* asyncio.sleep(0)
    throw new asyncio.ValueError('main')
  })
  try {
    await asyncio.run(main(), { loopFactory })
  } catch (error) {
    trace(error)
  }
}

import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const worker = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('task unwinds')
    }
  })
  const main = co(function* () {
    try {
      yield* asyncio.taskGroup(function* (tg) {
        tg.createTask(worker())
        yield* asyncio.sleep(0)
        throw new asyncio.KeyboardInterrupt()
      })
    } catch (error) {
      trace('left with', error)
      throw error
    }
  })
  const runner = new asyncio.Runner({ loopFactory })
  try {
    await runner.run(main())
  } catch (error) {
    trace(error)
  }
  await runner.close()
}

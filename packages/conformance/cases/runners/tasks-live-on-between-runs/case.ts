import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory, Task } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const ticker = co(function* () {
    try {
      for (;;) {
        trace('tick')
        yield* asyncio.sleep(1)
      }
    } finally {
      trace('cancelled')
    }
  })
  const tasks: Task<never>[] = []
  const begin = co(function* () {
    tasks.push(asyncio.createTask(ticker()))
    yield* asyncio.sleep(1.5)
    trace('begun')
  })
  const wait = co(function* () {
    yield* asyncio.sleep(1)
    return 'waited'
  })
  const runner = new asyncio.Runner({ loopFactory })
  await runner.run(begin())
  trace(await runner.run(wait()))
  await runner.close()
  trace(tasks[0]!.cancelled())
  await runner.close()
  try {
    runner.getLoop()
  } catch (error) {
    trace(error)
  }
}

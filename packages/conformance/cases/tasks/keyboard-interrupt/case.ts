import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory, Task } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const interrupted = co(function* () {
    yield* asyncio.sleep(1)
    throw new asyncio.KeyboardInterrupt()
  })
  const other = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('other unwinds')
    }
  })
  const tasks: Task<void>[] = []
  const main = co(function* () {
    tasks.push(asyncio.createTask(interrupted()))
    tasks.push(asyncio.createTask(other()))
    yield* asyncio.sleep(10)
    trace('never')
  })
  const runner = new asyncio.Runner({ loopFactory })
  try {
    await runner.run(main())
  } catch (error) {
    trace(error)
  }
  trace(
    tasks.map((task) => task.done()),
    tasks[0]!.exception(),
  )
  await runner.close()
  trace(tasks[1]!.cancelled())
}

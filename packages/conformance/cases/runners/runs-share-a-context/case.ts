import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const variable = new asyncio.ContextVar('var', { default: 'default' })
  const runner = new asyncio.Runner({ loopFactory })
  const main = co(function* (value: string) {
    trace(variable.get(), asyncio.getRunningLoop() === runner.getLoop())
    variable.set(value)
    yield* asyncio.sleep(1)
  })
  await runner.run(main('first'))
  await runner.run(main('second'))
  await runner.run(main('elsewhere'), { context: asyncio.copyContext() })
  await runner.run(main('third'))
  await runner.close()
  trace(variable.get())
}

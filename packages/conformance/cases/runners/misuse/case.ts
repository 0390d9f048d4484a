import { asyncio, co, trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const inner = co(function* (): Generator<undefined, void> {
    trace('never')
  })
  const runner = new asyncio.Runner({ loopFactory })
  const loop = runner.getLoop()
  const outcomes: Promise<unknown>[] = []
  const main = co(function* (): Generator<undefined, string> {
    for (const misuse of [() => loop.runUntilComplete(inner()), () => loop.runForever()]) {
      const outcome = misuse()
      outcome.catch(() => undefined)
      outcomes.push(outcome)
    }
    try {
      loop.close()
    } catch (error) {
      outcomes.push(Promise.reject(error))
      outcomes.at(-1)!.catch(() => undefined)
    }
    return 'main'
  })
  for (const wrong of [1, null, new Map()]) {
    try {
      await runner.run(wrong as never)
    } catch (error) {
      trace(error)
    }
  }
  const result = await runner.run(main())
  for (const outcome of outcomes) await outcome.catch((error: unknown) => trace(error))
  trace(result)
  await runner.close()
  try {
    await runner.run(main())
  } catch (error) {
    trace(error)
  }
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const variable = new asyncio.ContextVar('var', { default: 'default' })
  const future = new asyncio.Future<void>({ loop })
  variable.set('registered')
  const given = asyncio.copyContext()
  future.addDoneCallback(() => trace('callback', variable.get()))
  loop.callLater(1, () => trace('timer', variable.get()))
  variable.set('settled')
  loop.callLater(1, () => trace('given', variable.get()), { context: given })
  loop.callSoon(() => variable.set('inside'), { context: given })
  future.addDoneCallback(() => trace('given callback', variable.get()), { context: given })
  future.setResult()
  yield* asyncio.sleep(2)
  trace(variable.get(), given.get(variable))
}

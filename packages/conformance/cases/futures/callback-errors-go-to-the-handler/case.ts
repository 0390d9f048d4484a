import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const future = asyncio.getRunningLoop().createFuture()
  const bad = (): void => {
    throw new asyncio.ValueError('in callback')
  }
  future.addDoneCallback(bad)
  future.addDoneCallback(() => trace('good'))
  future.setResult(null)
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  trace('alive')
}

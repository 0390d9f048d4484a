import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = loop.createFuture()
  const first = (f: { result(): unknown }): void => trace('first', f.result())
  const second = (f: { result(): unknown }): void => trace('second', f.result())
  future.addDoneCallback(first)
  future.addDoneCallback(second)
  future.addDoneCallback(first)
  future.setResult(1)
  trace('set')
  yield* asyncio.sleep(0)
  future.addDoneCallback(second)
  trace('added late')
  yield* asyncio.sleep(0)
  const other = loop.createFuture()
  other.addDoneCallback(first)
  other.addDoneCallback(first)
  trace(other.removeDoneCallback(first), other.removeDoneCallback(first))
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const nested = (): void => {
    trace('nested')
    loop.callSoon(trace, 'queued by nested')
  }
  loop.callSoon(nested)
  const handle = loop.callSoon(trace, 'never')
  loop.callSoon(trace, 'after')
  handle.cancel()
  trace(handle.cancelled())
  yield* asyncio.sleep(0)
  trace('turn')
  yield* asyncio.sleep(0)
  const timer = loop.callLater(1, trace, 'never')
  loop.callLater(1, trace, 'at one')
  loop.callAt(0.5, trace, 'at a half')
  timer.cancel()
  trace(timer.when())
  yield* asyncio.sleep(2)
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  loop.callLater(0, trace, 'zero')
  loop.callSoon(trace, 'soon')
  loop.callLater(-1, trace, 'in the past')
  loop.callAt(loop.time(), () => loop.callLater(0, trace, 'zero again'))
  yield* asyncio.sleep(0)
  trace('one turn')
  yield* asyncio.sleep(0)
  trace('two turns')
  const future = loop.createFuture<number>()
  loop.callSoon(trace, 'before the wait')
  let [done, pending] = yield* asyncio.wait([future], { timeout: 0 })
  trace(done.size, pending.size)
  loop.callSoon(() => future.setResult(1))
  ;[done, pending] = yield* asyncio.wait([future], { timeout: 0 })
  trace(done.size, pending.size)
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  loop.callLater(1, trace, 'timer')
  const spin = co(function* () {
    for (let n = 0; n < 3; n++) {
      trace('spin', n)
      yield* asyncio.sleep(0)
    }
  })
  yield* asyncio.sleep(1)
  trace('awake')
  loop.callLater(0, trace, 'zero timer')
  loop.callSoon(trace, 'soon')
  yield* spin()
}

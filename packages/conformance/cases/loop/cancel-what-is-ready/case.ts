import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const handles: { cancel(): void }[] = []
  const cancelNext = (): void => {
    trace('cancels the next')
    handles[0]!.cancel()
  }
  loop.callSoon(cancelNext)
  handles.push(loop.callSoon(trace, 'never'))
  loop.callSoon(trace, 'after')
  yield* asyncio.sleep(0)
  trace('turn')
  handles.length = 0
  loop.callLater(1, cancelNext)
  handles.push(loop.callLater(1.5, trace, 'never'))
  yield* asyncio.sleep(1)
  trace('one')
  yield* asyncio.sleep(1)
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const fail = (text: string): void => {
    throw new asyncio.ValueError(text)
  }
  loop.callSoon(fail, 'soon')
  loop.callLater(0, fail, 'later')
  loop.callSoon(trace, 'goes on')
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  const before = loop.getExceptionHandler()
  loop.setExceptionHandler((own, context) => trace('mine', own === loop, context.exception))
  loop.callSoon(fail, 'mine')
  yield* asyncio.sleep(0)
  loop.setExceptionHandler(before)
  loop.callExceptionHandler({ message: 'by hand', exception: new TypeError() })
  loop.callExceptionHandler({ message: 'no exception' })
}

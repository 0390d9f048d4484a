import { trace } from '../../../src/case.ts'
import type { LoopFactory } from '../../../src/case.ts'

export async function program(loopFactory: LoopFactory) {
  const loop = loopFactory()
  const again = (): void => trace('next turn')
  const first = (): void => {
    trace('first')
    loop.stop()
    loop.callSoon(again)
  }
  loop.callSoon(first)
  loop.callSoon(trace, 'same turn')
  await loop.runForever()
  trace('stopped', loop.isRunning())
  loop.stop()
  loop.callLater(0, trace, 'due already')
  loop.callLater(1, trace, 'later')
  await loop.runForever()
  trace('stopped again')
  loop.callLater(1, () => loop.stop())
  await loop.runForever()
  loop.close()
  trace(loop.isClosed())
  try {
    loop.callSoon(trace, 'never')
  } catch (error) {
    trace(error)
  }
}

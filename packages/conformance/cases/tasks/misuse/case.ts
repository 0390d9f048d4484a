import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const coroutine = asyncio.sleep(1)
  const pending = asyncio.createTask(asyncio.sleep(1))
  const one = 1 as never
  const misuses: (() => unknown)[] = [
    () => asyncio.createTask(one),
    () => asyncio.ensureFuture(one),
    () => asyncio.gather(pending, one),
    () => asyncio.shield(one),
    () => asyncio.asCompleted(pending as never),
    () => asyncio.asCompleted([one]),
    () => loop.callLater(null as never, trace),
    () => loop.callAt(null as never, trace),
  ]
  for (const misuse of misuses) {
    try {
      misuse()
      trace('accepted')
    } catch (error) {
      trace(error)
    }
  }
  const waits: (() => ReturnType<typeof asyncio.sleep<unknown>>)[] = [
    () => asyncio.wait(pending as never) as never,
    () => asyncio.wait([pending, coroutine as never]) as never,
    () => asyncio.wait([pending], { returnWhen: 'SOMETIMES' as never }) as never,
    () => asyncio.sleep(Number.NaN),
    () => asyncio.sleep('1' as never),
    () => asyncio.waitFor(one, 1) as never,
  ]
  for (const wait of waits) {
    try {
      yield* wait()
      trace('accepted')
    } catch (error) {
      trace(error)
    }
  }
  coroutine.return()
  yield* pending
}

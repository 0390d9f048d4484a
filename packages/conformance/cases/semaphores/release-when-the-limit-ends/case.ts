import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const sem = new asyncio.Semaphore(0)
  const limited = co(function* () {
    try {
      yield* asyncio.waitFor(sem.acquire(), 1)
      trace('limited has it')
    } catch (error) {
      trace('limited', error)
    }
  })
  const patient = co(function* () {
    yield* sem.acquire()
    trace('patient has it')
  })
  loop.callLater(1, () => sem.release())
  yield* asyncio.gather(limited(), patient())
  trace(sem.locked())
}

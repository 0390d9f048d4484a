import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const limited = co(function* () {
    try {
      yield* asyncio.timeout(1, function* () {
        using _ = yield* lock.acquire()
        trace('limited has it')
      })
    } catch (error) {
      trace('limited', error)
    }
  })
  const patient = co(function* () {
    using _ = yield* lock.acquire()
    trace('patient has it')
  })
  loop.callLater(1, () => lock.release())
  const tasks = [asyncio.createTask(limited()), asyncio.createTask(patient())]
  yield* asyncio.gather(tasks)
  trace(lock.locked())
}

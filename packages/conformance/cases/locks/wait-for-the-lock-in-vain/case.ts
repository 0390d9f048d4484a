import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  yield* lock.acquire()
  const patient = co(function* () {
    using _ = yield* lock.acquire()
    trace('patient has it')
  })
  const hasty = co(function* () {
    try {
      yield* asyncio.waitFor(lock.acquire(), 1)
    } catch (error) {
      trace('hasty', error)
    }
  })
  const tasks = [asyncio.createTask(hasty()), asyncio.createTask(patient())]
  yield* asyncio.sleep(2)
  lock.release()
  yield* asyncio.gather(tasks)
  trace(lock.locked())
  try {
    yield* asyncio.timeout(1, function* () {
      using _ = yield* lock.acquire()
      trace('limit', lock.locked())
      yield* asyncio.sleep(2)
    })
  } catch (error) {
    trace(error, lock.locked())
  }
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  let scope = yield* asyncio.timeout(null, function* (timeout) {
    trace(timeout.when())
    yield* asyncio.sleep(10)
    return timeout
  })
  trace(scope.expired())
  scope = yield* asyncio.timeoutAt(null, function* (timeout) {
    trace(timeout.when())
    return timeout
  })
  trace(scope.expired())
  const loop = asyncio.getRunningLoop()
  try {
    yield* asyncio.timeout(null, function* (timeout) {
      scope = timeout
      timeout.reschedule(loop.time() + 1)
      yield* asyncio.sleep(10)
    })
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error
    trace(error, scope.when())
  }
  try {
    yield* asyncio.timeout(1, function* (timeout) {
      scope = timeout
      timeout.reschedule(null)
      yield* asyncio.sleep(10)
    })
  } finally {
    trace(scope.expired())
  }
}

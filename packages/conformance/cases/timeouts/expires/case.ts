import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  let limit!: InstanceType<typeof asyncio.Timeout>
  try {
    yield* asyncio.timeout(1, function* (t) {
      limit = t
      trace(limit.when(), limit.expired())
      try {
        yield* asyncio.sleep(10)
      } finally {
        trace('body out', limit.expired(), asyncio.currentTask()!.cancelling())
      }
    })
  } catch (error) {
    trace(error, limit.expired(), asyncio.currentTask()!.cancelling())
  }
  yield* asyncio.timeout(null, function* (t) {
    limit = t
    trace(limit.when())
    yield* asyncio.sleep(5)
  })
  trace(limit.expired())
}

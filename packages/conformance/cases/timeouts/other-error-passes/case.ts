import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const task = asyncio.currentTask()!
  let limit!: InstanceType<typeof asyncio.Timeout>
  try {
    yield* asyncio.timeout(1, function* (t) {
      limit = t
      try {
        yield* asyncio.sleep(10)
      } catch {
        throw new asyncio.ValueError('instead')
      }
    })
  } catch (error) {
    trace(error, limit.expired(), task.cancelling())
  }
  try {
    yield* asyncio.timeout(10, function* (t): Generator<undefined, void> {
      limit = t
      throw new asyncio.ValueError('before')
    })
  } catch (error) {
    trace(error, limit.expired())
  }
  yield* asyncio.timeout(10, function* (t): Generator<undefined, void> {
    limit = t
  })
  trace(limit.expired(), limit.when())
  yield* asyncio.sleep(20)
  trace('not struck later')
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  let limit!: InstanceType<typeof asyncio.Timeout>
  yield* asyncio.timeout(1, function* (t) {
    limit = t
    try {
      yield* asyncio.sleep(10)
    } catch {
      trace('swallowed')
    }
  })
  trace(limit.expired(), asyncio.currentTask()!.cancelling())
  yield* asyncio.sleep(1)
  trace('alive')
}

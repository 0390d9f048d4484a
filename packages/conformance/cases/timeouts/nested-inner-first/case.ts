import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  let outer!: InstanceType<typeof asyncio.Timeout>
  yield* asyncio.timeout(5, function* (t) {
    outer = t
    try {
      yield* asyncio.timeout(1, function* () {
        yield* asyncio.sleep(10)
      })
    } catch (error) {
      trace(error, outer.expired())
    }
    yield* asyncio.sleep(1)
  })
  trace(outer.expired(), asyncio.currentTask()!.cancelling())
}

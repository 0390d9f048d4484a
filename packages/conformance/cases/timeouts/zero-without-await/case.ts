import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  let limit!: InstanceType<typeof asyncio.Timeout>
  yield* asyncio.timeout(0, function* (t) {
    limit = t
    trace('ran')
  })
  trace(limit.expired())
  try {
    yield* asyncio.timeout(-1, function* () {
      trace('ran too')
      yield* asyncio.sleep(0)
      trace('one turn')
      yield* asyncio.sleep(1)
    })
  } catch (error) {
    trace(error)
  }
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const done = asyncio.createTask(asyncio.sleep(0, 'done'))
  yield* asyncio.sleep(1)
  trace(yield* asyncio.waitFor(done, 0))
  const body = co(function* () {
    trace('never')
  })
  for (const limit of [0, -1]) {
    try {
      yield* asyncio.waitFor(body(), limit)
    } catch (error) {
      trace(error)
    }
  }
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const stubborn = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } catch {
      trace('swallowed')
    }
    yield* asyncio.sleep(1)
    return 'stubborn'
  })
  const tasks = [asyncio.createTask(stubborn()), asyncio.createTask(asyncio.sleep(10))]
  const outer = asyncio.gather(tasks, { returnExceptions: true })
  yield* asyncio.sleep(1)
  outer.cancel()
  try {
    trace(yield* outer)
  } catch (error) {
    trace(error)
  }
  trace(tasks[0]!.result(), tasks[1]!.cancelled())
}

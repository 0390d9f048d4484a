import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const stubborn = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } catch {
      return 'nevertheless'
    }
    return undefined
  })
  trace(yield* asyncio.waitFor(stubborn(), 1))
  trace(yield* asyncio.waitFor(asyncio.createTask(stubborn()), 1))
  trace(asyncio.currentTask()!.cancelling())
}

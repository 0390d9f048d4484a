import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const inner = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('inner out')
    }
  })
  const outer = co(function* () {
    try {
      yield* asyncio.waitFor(inner(), 5)
    } catch (error) {
      trace(error)
      throw error
    }
  })
  const task = asyncio.createTask(outer())
  yield* asyncio.sleep(1)
  task.cancel()
  trace(yield* asyncio.gather([task], { returnExceptions: true }))
}

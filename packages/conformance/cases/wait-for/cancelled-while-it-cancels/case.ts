import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const stubborn = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      try {
        yield* asyncio.sleep(3)
      } finally {
        trace('unwound')
      }
    }
  })
  const waiter = co(function* () {
    try {
      yield* asyncio.waitFor(stubborn(), 1)
    } catch (error) {
      trace(error)
      throw error
    }
  })

  const task = asyncio.createTask(waiter())
  yield* asyncio.sleep(2)
  task.cancel('outside')
  yield* asyncio.wait([task])
  trace(task.cancelled(), task.cancelling())
}

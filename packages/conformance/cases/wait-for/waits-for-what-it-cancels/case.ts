import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const stubborn = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('unwinding')
      yield* asyncio.sleep(3)
      trace('unwound')
    }
  })

  for (const waited of [stubborn(), asyncio.createTask(stubborn())]) {
    try {
      yield* asyncio.waitFor(waited, 1)
    } catch (error) {
      if (!(error instanceof asyncio.TimeoutError)) throw error
      trace(error)
    }
  }
  const task = asyncio.createTask(stubborn())
  yield* asyncio.sleep(0)
  try {
    yield* asyncio.waitFor(task, 0)
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error
    trace(error, task.cancelled())
  }
}

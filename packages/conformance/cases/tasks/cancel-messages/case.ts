import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const inner = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } catch (error) {
      trace('inner', error)
      throw error
    }
  })
  const outer = co(function* () {
    try {
      yield* asyncio.createTask(inner())
    } catch (error) {
      trace('outer', error)
      throw error
    }
  })
  for (const message of ['why', null]) {
    const task = asyncio.createTask(outer())
    yield* asyncio.sleep(1)
    if (message) task.cancel(message)
    else task.cancel()
    try {
      yield* task
    } catch (error) {
      trace('main', error)
    }
  }
  const early = asyncio.createTask(inner())
  trace(early.cancel('early'), early.cancel('twice'), early.cancelling())
  try {
    yield* early
  } catch (error) {
    trace('early', error)
  }
  trace(early.cancel())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const spin = co(function* () {
    let count = 0
    try {
      for (;;) {
        count++
        yield* asyncio.sleep(0)
      }
    } finally {
      trace('spun', count)
    }
  })
  const task = asyncio.createTask(spin())
  yield* asyncio.sleep(0)
  yield* asyncio.sleep(0)
  trace(task.cancel(), task.done())
  try {
    yield* task
  } catch (error) {
    trace(error, task.cancelled())
  }
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    trace('never')
  })
  const task = asyncio.createTask(worker())
  trace(task.cancel('why'), task.cancelling())
  try {
    yield* task
  } catch (error) {
    trace(error, task.cancelled())
  }
  trace(task.cancel())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (): Generator<undefined, void> {
    throw new asyncio.CancelledError('mine')
  })
  const task = asyncio.createTask(worker())
  try {
    yield* task
  } catch (error) {
    trace(error)
  }
  trace(task.cancelled(), task.cancelling())
}

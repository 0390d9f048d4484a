import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    let limit!: InstanceType<typeof asyncio.Timeout>
    try {
      yield* asyncio.timeout(1, function* (t) {
        limit = t
        try {
          yield* asyncio.sleep(10)
        } finally {
          yield* asyncio.sleep(5)
        }
      })
    } finally {
      trace(limit.expired(), asyncio.currentTask()!.cancelling())
    }
  })
  const task = asyncio.createTask(worker())
  yield* asyncio.sleep(2)
  task.cancel('outside')
  try {
    yield* task
  } catch (error) {
    trace(error, task.cancelled())
  }
}

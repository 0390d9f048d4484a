import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    try {
      yield* asyncio.timeout(1, function* () {
        yield* asyncio.sleep(10)
      })
    } catch (error) {
      trace(error, asyncio.currentTask()!.cancelling())
      throw error
    }
  })
  const task = asyncio.createTask(worker())
  asyncio.getRunningLoop().callLater(1, () => task.cancel('outside'))
  yield* asyncio.wait([task])
  trace(task.cancelled())
}

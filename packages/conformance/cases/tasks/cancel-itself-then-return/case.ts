import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    asyncio.currentTask()!.cancel()
    return 'lost'
  })
  const task = asyncio.createTask(worker())
  trace(yield* asyncio.gather([task], { returnExceptions: true }), task.cancelled())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    try {
      yield* asyncio.currentTask()!
    } catch (error) {
      trace(error)
    }
  })
  yield* asyncio.createTask(worker())
}

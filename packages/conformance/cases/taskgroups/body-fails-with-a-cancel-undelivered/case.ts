import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(asyncio.sleep(10))
      asyncio.currentTask()!.cancel()
      throw new asyncio.ValueError('body')
    })
  })

  const task = asyncio.createTask(worker())
  try {
    yield* task
  } catch (error) {
    trace(error, task.cancelled(), task.cancelling())
  }
}

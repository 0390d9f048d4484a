import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const child = co(function* () {
    yield* asyncio.sleep(1)
    return 'child'
  })
  const task = asyncio.createTask(child())
  const parent = co(function* () {
    try {
      trace(yield* task)
    } catch (error) {
      trace(error, task.done(), task.cancelled())
      throw error
    }
  })
  task.addDoneCallback(() => trace('cancel', waiting.cancel('late')))
  const waiting = asyncio.createTask(parent())
  trace(yield* asyncio.gather([waiting], { returnExceptions: true }), task.result())
}

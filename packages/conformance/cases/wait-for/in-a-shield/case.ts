import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* () {
    yield* asyncio.sleep(2)
    trace('worker ends')
    return 'result'
  })
  const task = asyncio.createTask(worker())
  try {
    yield* asyncio.waitFor(asyncio.shield(task), 1)
  } catch (error) {
    trace(error, task.done())
  }
  trace(yield* task)
}

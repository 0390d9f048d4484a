import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      throw new asyncio.ValueError('while cancelled')
    }
  })
  const grouped = co(function* () {
    try {
      yield* asyncio.taskGroup(function* (tg) {
        tg.createTask(fail())
        yield* asyncio.sleep(10)
      })
    } catch (group) {
      trace(group, asyncio.currentTask()!.cancelling())
    }
    yield* asyncio.sleep(1)
    trace('never')
  })
  const task = asyncio.createTask(grouped())
  yield* asyncio.sleep(1)
  task.cancel()
  yield* asyncio.wait([task])
  trace(task.cancelled(), task.cancelling())
}

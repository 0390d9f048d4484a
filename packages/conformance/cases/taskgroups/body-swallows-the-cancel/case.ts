import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* () {
    yield* asyncio.sleep(1)
    throw new asyncio.ValueError('child')
  })
  const task = asyncio.currentTask()!
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(fail())
      try {
        yield* asyncio.sleep(10)
      } catch {
        trace('swallowed', task.cancelling())
      }
      yield* asyncio.sleep(1)
      trace('end of the body')
    })
  } catch (group) {
    trace(group, task.cancelling())
  }
  yield* asyncio.sleep(1)
  trace('goes on')
}

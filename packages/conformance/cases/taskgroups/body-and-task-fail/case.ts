import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number, error: Error) {
    yield* asyncio.sleep(n)
    throw error
  })
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(fail(1, new asyncio.ValueError('first')))
      try {
        yield* asyncio.sleep(10)
      } catch {
        throw new TypeError('body')
      }
    })
  } catch (group) {
    trace(group)
  }
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(fail(0, new asyncio.ValueError('in the same turn')))
      yield* asyncio.sleep(0)
      yield* asyncio.sleep(0)
      throw new TypeError('body')
    })
  } catch (group) {
    trace(group, asyncio.currentTask()!.cancelling())
  }
}

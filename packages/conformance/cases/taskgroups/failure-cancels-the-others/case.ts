import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const stubborn = co(function* (n: number, error: Error) {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('cancelled')
      yield* asyncio.sleep(n)
      throw error
    }
  })
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(fail(1))
      tg.createTask(stubborn(2, new asyncio.RuntimeError('late')))
      tg.createTask(stubborn(1, new TypeError('early')))
      try {
        yield* asyncio.sleep(10)
      } finally {
        trace('body cancelled')
      }
    })
  } catch (group) {
    trace(group, asyncio.currentTask()!.cancelling())
  }
}

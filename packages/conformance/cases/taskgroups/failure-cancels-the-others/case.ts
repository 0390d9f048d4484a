import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const stubborn = co(function* (n: number) {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('cancelled', n)
      yield* asyncio.sleep(n)
      throw new Error(String(n))
    }
  })
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(fail(1))
      tg.createTask(stubborn(2))
      tg.createTask(stubborn(1))
      try {
        yield* asyncio.sleep(10)
      } finally {
        trace('body cancelled')
      }
    })
  } catch (group) {
    trace((group as AggregateError).errors.length, asyncio.currentTask()!.cancelling())
  }
}

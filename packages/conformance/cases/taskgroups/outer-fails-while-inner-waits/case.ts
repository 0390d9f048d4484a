import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (n: number) {
    yield* asyncio.sleep(n)
    throw new asyncio.ValueError(String(n))
  })
  const stubborn = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      trace('stubborn unwinds')
      throw new TypeError('stubborn')
    }
  })
  try {
    yield* asyncio.taskGroup(function* (outer) {
      outer.createTask(fail(1))
      yield* asyncio.taskGroup(function* (inner) {
        inner.createTask(stubborn())
      })
      trace('never')
    })
  } catch (group) {
    trace(group, asyncio.currentTask()!.cancelling())
  }
}

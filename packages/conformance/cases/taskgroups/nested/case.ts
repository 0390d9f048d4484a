import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (name: string): Generator<undefined, void> {
    throw new asyncio.ValueError(name)
  })
  try {
    yield* asyncio.taskGroup(function* (outer) {
      outer.createTask(asyncio.sleep(10))
      yield* asyncio.taskGroup(function* (inner) {
        inner.createTask(fail('inner'))
      })
    })
  } catch (group) {
    trace(group, asyncio.currentTask()!.cancelling())
  }
}

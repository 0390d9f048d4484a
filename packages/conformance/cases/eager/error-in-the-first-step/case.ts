import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* (): Generator<undefined, void> {
    throw new asyncio.ValueError('first step')
  })
  const task = asyncio.createTask(fail(), { eagerStart: true })
  trace('created')
  yield* asyncio.sleep(0)
  trace(task.done())
  try {
    yield* task
  } catch (error) {
    trace(error, task.exception() === error)
  }
  try {
    yield* asyncio.taskGroup(function* (tg) {
      tg.createTask(asyncio.sleep(10))
      tg.createTask(fail(), { eagerStart: true })
      trace('in the body')
      yield* asyncio.sleep(1)
      trace('never')
    })
  } catch (group) {
    trace(group)
  }
}

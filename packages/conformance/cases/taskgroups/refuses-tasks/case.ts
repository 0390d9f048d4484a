import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const outside = new asyncio.TaskGroup()
  try {
    outside.createTask(asyncio.sleep(1))
  } catch (error) {
    trace(error)
  }
  const fail = co(function* (): Generator<undefined, void> {
    throw new asyncio.ValueError('x')
  })
  let group!: typeof outside
  try {
    yield* asyncio.taskGroup(function* (tg) {
      group = tg
      tg.createTask(fail())
      try {
        yield* asyncio.sleep(10)
      } finally {
        try {
          tg.createTask(asyncio.sleep(1))
        } catch (error) {
          trace('shutting down', error)
        }
      }
    })
  } catch (error) {
    trace(error)
  }
  try {
    group.createTask(asyncio.sleep(1))
  } catch (error) {
    trace('over', error)
  }
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const task = asyncio.createTask(asyncio.sleep(10))
  const outer = asyncio.shield(task)
  yield* asyncio.sleep(0)
  task.cancel()
  try {
    yield* outer
  } catch (error) {
    trace(error, outer.cancelled())
  }
  const done = asyncio.createTask(asyncio.sleep(0, 1))
  yield* asyncio.sleep(1)
  trace((asyncio.shield(done) as unknown) === done)
}

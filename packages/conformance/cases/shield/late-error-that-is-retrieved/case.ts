import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const fail = co(function* () {
    yield* asyncio.sleep(2)
    throw new asyncio.ValueError('late')
  })

  const task = asyncio.createTask(fail())
  try {
    yield* asyncio.waitFor(asyncio.shield(task), 1)
  } catch (error) {
    if (!(error instanceof asyncio.TimeoutError)) throw error
    trace('timed out')
  }
  try {
    yield* task
  } catch (error) {
    if (!(error instanceof asyncio.ValueError)) throw error
    trace('caught', error)
  }
  yield* asyncio.sleep(1)
}

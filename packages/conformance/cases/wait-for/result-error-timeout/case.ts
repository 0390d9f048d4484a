import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  trace(yield* asyncio.waitFor(asyncio.sleep(1, 'in time'), 2))
  const fail = co(function* (): Generator<undefined, void> {
    throw new Error('x')
  })
  try {
    yield* asyncio.waitFor(fail(), 1)
  } catch {
    trace('KeyError')
  }
  const slow = co(function* () {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(1)
      trace('unwound')
    }
  })
  try {
    yield* asyncio.waitFor(slow(), 1)
  } catch (error) {
    trace(error)
  }
  trace(yield* asyncio.waitFor(asyncio.sleep(1, 'no limit'), null))
}

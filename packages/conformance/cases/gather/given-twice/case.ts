import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const work = co(function* (name: string) {
    trace(name, 'runs')
    yield* asyncio.sleep(0)
    return name
  })

  const one = work('one')
  const two = work('two')
  trace(yield* asyncio.gather(one, two, one))

  const fail = co(function* () {
    throw new asyncio.ValueError('of a case')
  })

  const failing = [1, 2, 3].map(() => asyncio.createTask(fail()))
  yield* asyncio.wait(failing)
  try {
    yield* asyncio.gather(failing)
  } catch (error) {
    if (!(error instanceof asyncio.ValueError)) throw error
    trace(error)
  }
  trace(yield* asyncio.gather(failing, { returnExceptions: true }))
}

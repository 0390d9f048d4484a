import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const task = asyncio.createTask(asyncio.sleep(1, 'result'))
  const [a, b] = [asyncio.shield(task), asyncio.shield(task)]
  a.cancel('a')
  trace(a.cancelled(), b.done(), task.done())
  trace(yield* b)
  const fail = co(function* () {
    yield* asyncio.sleep(1)
    throw new asyncio.ValueError('inner')
  })
  try {
    yield* asyncio.shield(fail())
  } catch (error) {
    trace(error)
  }
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const lock = new asyncio.Lock()
  try {
    yield* lock.with(function* (): Generator<undefined, void> {
      throw new asyncio.ValueError('body')
    })
  } catch (error) {
    trace(error, lock.locked())
  }
  const holder = co(function* () {
    using _ = yield* lock.acquire()
    yield* asyncio.sleep(10)
  })
  const nextOne = co(function* () {
    using _ = yield* lock.acquire()
    trace('next')
  })
  const a = asyncio.createTask(holder())
  const b = asyncio.createTask(nextOne())
  yield* asyncio.sleep(1)
  a.cancel()
  trace(yield* asyncio.gather([a, b], { returnExceptions: true }), lock.locked())
}

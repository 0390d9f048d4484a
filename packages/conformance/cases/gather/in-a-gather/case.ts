import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number) {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(n)
      trace(n, 'unwound')
    }
  })
  const outer = asyncio.gather(asyncio.gather(worker(1), worker(2)), worker(3))
  yield* asyncio.sleep(1)
  trace(outer.cancel('why'), outer.done())
  try {
    yield* outer
  } catch (error) {
    trace(error, outer.cancelled())
  }
  trace(outer.cancel())
}

import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  const worker = co(function* (n: number) {
    try {
      yield* asyncio.sleep(10)
    } finally {
      yield* asyncio.sleep(n)
      trace('unwound', n)
    }
  })
  for (const collect of [false, true]) {
    const whole = asyncio.gather([worker(1), worker(2)], { returnExceptions: collect })
    yield* asyncio.sleep(0)
    trace(whole.cancel('message'))
    try {
      yield* whole
    } catch (error) {
      trace(collect, error, whole.cancelled())
    }
    yield* asyncio.sleep(5)
  }
}

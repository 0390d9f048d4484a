import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const child = asyncio.createTask(asyncio.sleep(10))
  const whole = asyncio.gather(child, asyncio.sleep(1))
  yield* asyncio.sleep(0)
  child.cancel('message')
  try {
    yield* whole
  } catch (error) {
    trace(error, whole.cancelled(), whole.done())
  }
  const other = asyncio.createTask(asyncio.sleep(10))
  const second = asyncio.gather([other, asyncio.sleep(1, 'ok')], { returnExceptions: true })
  yield* asyncio.sleep(0)
  other.cancel()
  trace(yield* second)
}

import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const a = asyncio.createTask(asyncio.sleep(0, 'a'))
  const b = asyncio.createTask(asyncio.sleep(0, 'b'))
  yield* asyncio.sleep(1)
  const whole = asyncio.gather(a, b)
  trace(whole.done(), yield* whole)
}

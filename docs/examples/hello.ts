/** Hello, a pause, world. */
import { sleep } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

export async function awaits() {
  const elapsed = stopwatch()
  console.log('hello')
  await sleep(0.1)
  console.log('world, after', elapsed())
}

export function* yields() {
  const elapsed = stopwatch()
  console.log('hello')
  yield* sleep(0.1)
  console.log('world, after', elapsed())
}

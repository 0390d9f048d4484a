/** Two things, one after the other: their times add up. */
import { coroutine, sleep } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

async function sayAfter(delay: number, what: string) {
  await sleep(delay)
  console.log(what)
}

export async function awaits() {
  const elapsed = stopwatch()
  await sayAfter(0.1, 'hello')
  await sayAfter(0.2, 'world')
  console.log('took', elapsed())
}

const sayLater = coroutine(function* (delay: number, what: string) {
  yield* sleep(delay)
  console.log(what)
})

export function* yields() {
  const elapsed = stopwatch()
  yield* sayLater(0.1, 'hello')
  yield* sayLater(0.2, 'world')
  console.log('took', elapsed())
}

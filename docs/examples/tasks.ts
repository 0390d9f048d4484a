/** The same two things as tasks: they run at the same time, and the longer one counts. */
import { coroutine, createTask, sleep } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

async function sayAfter(delay: number, what: string) {
  await sleep(delay)
  console.log(what)
}

export async function awaits() {
  const elapsed = stopwatch()
  const first = createTask(() => sayAfter(0.1, 'hello'))
  const second = createTask(() => sayAfter(0.2, 'world'))
  await first
  await second
  console.log('took', elapsed())
}

const sayLater = coroutine(function* (delay: number, what: string) {
  yield* sleep(delay)
  console.log(what)
})

export function* yields() {
  const elapsed = stopwatch()
  const first = createTask(sayLater(0.1, 'hello'))
  const second = createTask(sayLater(0.2, 'world'))
  yield* first
  yield* second
  console.log('took', elapsed())
}

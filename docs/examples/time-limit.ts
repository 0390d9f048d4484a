/** What takes too long is cancelled; its clean-up runs before the TimeoutError arrives. */
import { coroutine, sleep, TimeoutError, waitFor } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

async function eternityAsync() {
  try {
    await sleep(3600)
    console.log('yay!')
  } finally {
    console.log('cleaning up')
  }
}

export async function awaits() {
  const elapsed = stopwatch()
  try {
    await waitFor(eternityAsync, 0.1)
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    console.log('timeout after', elapsed())
  }
}

const eternity = coroutine(function* () {
  try {
    yield* sleep(3600)
    console.log('yay!')
  } finally {
    console.log('cleaning up')
  }
})

export function* yields() {
  const elapsed = stopwatch()
  try {
    yield* waitFor(eternity(), 0.1)
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    console.log('timeout after', elapsed())
  }
}

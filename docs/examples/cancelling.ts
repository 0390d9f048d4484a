/** A task is cancelled at its await, unwinds, and tells whoever awaits it. */
import { coroutine, createTask, isCancelled, sleep } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

async function workAsync() {
  try {
    await sleep(3600)
  } catch (error) {
    console.log('work:', String(error))
    throw error
  } finally {
    await sleep(0.1)
    console.log('work: cleaned up')
  }
}

export async function awaits() {
  const elapsed = stopwatch()
  const task = createTask(workAsync, { name: 'work' })
  await sleep(0.1)
  task.cancel('enough')
  try {
    await task
  } catch (error) {
    if (!isCancelled(error)) throw error
    console.log('main: cancelled', task.cancelled(), 'after', elapsed())
  }
}

const work = coroutine(function* () {
  try {
    yield* sleep(3600)
  } catch (error) {
    console.log('work:', String(error))
    throw error
  } finally {
    yield* sleep(0.1)
    console.log('work: cleaned up')
  }
})

export function* yields() {
  const elapsed = stopwatch()
  const task = createTask(work(), { name: 'work' })
  yield* sleep(0.1)
  task.cancel('enough')
  try {
    yield* task
  } catch (error) {
    if (!isCancelled(error)) throw error
    console.log('main: cancelled', task.cancelled(), 'after', elapsed())
  }
}

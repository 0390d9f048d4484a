/** Three workers share a queue of sleeps; main waits until all of it is done. */
import { coroutine, createTask, gather, Queue, sleep } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

const durations = [0.3, 0.1, 0.2, 0.1, 0.2]

export async function awaits() {
  const elapsed = stopwatch()
  const queue = new Queue<number>()
  for (const duration of durations) queue.putNowait(duration)
  const workers = ['a', 'b', 'c'].map((name) =>
    createTask(async () => {
      for (;;) {
        const duration = await queue.get()
        await sleep(duration)
        queue.taskDone()
        console.log(`${name} slept for ${duration} s`)
      }
    }),
  )
  await queue.join()
  for (const worker of workers) worker.cancel()
  await gather(workers, { returnExceptions: true })
  console.log('slept in parallel for', elapsed())
}

const work = coroutine(function* (name: string, queue: Queue<number>) {
  for (;;) {
    const duration = yield* queue.get()
    yield* sleep(duration)
    queue.taskDone()
    console.log(`${name} slept for ${duration} s`)
  }
})

export function* yields() {
  const elapsed = stopwatch()
  const queue = new Queue<number>()
  for (const duration of durations) queue.putNowait(duration)
  const workers = ['a', 'b', 'c'].map((name) => createTask(work(name, queue)))
  yield* queue.join()
  for (const worker of workers) worker.cancel()
  yield* gather(workers, { returnExceptions: true })
  console.log('slept in parallel for', elapsed())
}

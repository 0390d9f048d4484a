import { coroutine, createTask, Queue, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { times } from '../../times.ts'

const take = coroutine(function* (queue: Queue<number>) {
  yield* queue.get()
})

export function* generators(n: number, whenAsleep: () => void): Coroutine<number> {
  const queue = new Queue<number>()
  const tasks = times(n, () => createTask(take(queue)))
  yield* sleep(0)
  whenAsleep()
  return tasks.filter((task) => !task.done()).length
}

const takeAsync = async (queue: Queue<number>): Promise<void> => {
  await queue.get()
}

export async function functions(n: number, whenAsleep: () => void): Promise<number> {
  const queue = new Queue<number>()
  const tasks = times(n, () => createTask(() => takeAsync(queue)))
  await sleep(0)
  whenAsleep()
  return tasks.filter((task) => !task.done()).length
}

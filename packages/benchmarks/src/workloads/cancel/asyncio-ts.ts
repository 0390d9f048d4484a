import { coroutine, createTask, gather, isCancelled, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { times } from '../../times.ts'

const nap = coroutine(function* () {
  yield* sleep(100)
})

export function* generators(n: number): Coroutine<number> {
  const tasks = times(n, () => createTask(nap()))
  yield* sleep(0)
  for (const task of tasks) task.cancel()
  return (yield* gather(tasks, { returnExceptions: true })).filter(isCancelled).length
}

const napAsync = async (): Promise<void> => {
  await sleep(100)
}

export async function functions(n: number): Promise<number> {
  const tasks = times(n, () => createTask(napAsync))
  await sleep(0)
  for (const task of tasks) task.cancel()
  return (await gather(tasks, { returnExceptions: true })).filter(isCancelled).length
}

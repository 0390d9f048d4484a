import { coroutine, createTask, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { times } from '../../times.ts'

const nap = coroutine(function* () {
  yield* sleep(3600)
})

export function* generators(n: number, whenAsleep: () => void): Coroutine<number> {
  const tasks = times(n, () => createTask(nap()))
  yield* sleep(0)
  whenAsleep()
  return tasks.filter((task) => !task.done()).length
}

const napAsync = async (): Promise<void> => {
  await sleep(3600)
}

export async function functions(n: number, whenAsleep: () => void): Promise<number> {
  const tasks = times(n, () => createTask(napAsync))
  await sleep(0)
  whenAsleep()
  return tasks.filter((task) => !task.done()).length
}

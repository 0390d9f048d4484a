import { coroutine, gather, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const spin = coroutine(function* (turns: number) {
  for (let i = 0; i < turns; i++) yield* sleep(0)
  return turns
})

export function* generators(n: number, tasks: number): Coroutine<number> {
  return sum(yield* gather(times(tasks, () => spin(n / tasks))))
}

const spinAsync = async (turns: number): Promise<number> => {
  for (let i = 0; i < turns; i++) await sleep(0)
  return turns
}

export async function functions(n: number, tasks: number): Promise<number> {
  return sum(await gather(times(tasks, () => () => spinAsync(n / tasks))))
}

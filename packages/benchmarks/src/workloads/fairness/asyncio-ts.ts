import { coroutine, gather, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const spin = coroutine(function* (keepsOn: () => boolean) {
  let turns = 0
  for (; keepsOn(); turns++) yield* sleep(0)
  return turns
})

export function* generators(tasks: number, keepsOn: () => boolean): Coroutine<number> {
  return sum(yield* gather(times(tasks, () => spin(keepsOn))))
}

const spinAsync = async (keepsOn: () => boolean): Promise<number> => {
  let turns = 0
  for (; keepsOn(); turns++) await sleep(0)
  return turns
}

export async function functions(tasks: number, keepsOn: () => boolean): Promise<number> {
  return sum(await gather(times(tasks, () => () => spinAsync(keepsOn))))
}

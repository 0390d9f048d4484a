import { coroutine, gather } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const one = coroutine(function* () {
  return 1
})

export function* generators(n: number): Coroutine<number> {
  return sum(yield* gather(times(n, one)))
}

const oneAsync = async (): Promise<number> => 1

export async function functions(n: number): Promise<number> {
  return sum(await gather(times(n, () => oneAsync)))
}

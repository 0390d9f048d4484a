import { coroutine, gather, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { scatteredMs } from '../../scattered.ts'
import { sum, times } from '../../times.ts'

const nap = coroutine(function* (seconds: number) {
  yield* sleep(seconds)
  return 1
})

export function* generators(n: number): Coroutine<number> {
  return sum(yield* gather(times(n, (i) => nap(scatteredMs(i) / 1000))))
}

const napAsync = async (seconds: number): Promise<number> => {
  await sleep(seconds)
  return 1
}

export async function functions(n: number): Promise<number> {
  return sum(await gather(times(n, (i) => () => napAsync(scatteredMs(i) / 1000))))
}

import { mapConcurrent, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

function* job(item: number): Coroutine<number> {
  yield* sleep(0)
  return item
}

export function* generators(n: number, limit: number): Coroutine<number> {
  return sum(
    yield* mapConcurrent(
      times(n, () => 1),
      job,
      { limit },
    ),
  )
}

const jobAsync = async (item: number): Promise<number> => {
  await sleep(0)
  return item
}

export async function functions(n: number, limit: number): Promise<number> {
  return sum(
    await mapConcurrent(
      times(n, () => 1),
      jobAsync,
      { limit },
    ),
  )
}

import { coroutine, gather, Semaphore, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const job = coroutine(function* (semaphore: Semaphore) {
  yield* semaphore.acquire()
  try {
    yield* sleep(0)
    return 1
  } finally {
    semaphore.release()
  }
})

export function* generators(n: number, limit: number): Coroutine<number> {
  const semaphore = new Semaphore(limit)
  return sum(yield* gather(times(n, () => job(semaphore))))
}

const jobAsync = async (semaphore: Semaphore): Promise<number> => {
  await semaphore.acquire()
  try {
    await sleep(0)
    return 1
  } finally {
    semaphore.release()
  }
}

export async function functions(n: number, limit: number): Promise<number> {
  const semaphore = new Semaphore(limit)
  return sum(await gather(times(n, () => () => jobAsync(semaphore))))
}

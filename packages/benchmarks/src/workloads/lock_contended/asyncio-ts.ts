import { coroutine, gather, Lock, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const hold = coroutine(function* (lock: Lock, holds: number) {
  for (let i = 0; i < holds; i++) {
    yield* lock.acquire()
    yield* sleep(0)
    lock.release()
  }
  return holds
})

export function* generators(n: number, tasks: number): Coroutine<number> {
  const lock = new Lock()
  return sum(yield* gather(times(tasks, () => hold(lock, n / tasks))))
}

const holdAsync = async (lock: Lock, holds: number): Promise<number> => {
  for (let i = 0; i < holds; i++) {
    await lock.acquire()
    await sleep(0)
    lock.release()
  }
  return holds
}

export async function functions(n: number, tasks: number): Promise<number> {
  const lock = new Lock()
  return sum(await gather(times(tasks, () => () => holdAsync(lock, n / tasks))))
}

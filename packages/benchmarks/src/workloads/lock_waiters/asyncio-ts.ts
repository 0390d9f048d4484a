import { coroutine, createTask, gather, Lock, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'
import { sum, times } from '../../times.ts'

const pass = coroutine(function* (lock: Lock) {
  yield* lock.acquire()
  lock.release()
  return 1
})

export function* generators(n: number): Coroutine<number> {
  const lock = new Lock()
  yield* lock.acquire()
  const waiting = times(n, () => createTask(pass(lock)))
  yield* sleep(0)
  lock.release()
  return sum(yield* gather(waiting))
}

const passAsync = async (lock: Lock): Promise<number> => {
  await lock.acquire()
  lock.release()
  return 1
}

export async function functions(n: number): Promise<number> {
  const lock = new Lock()
  await lock.acquire()
  const waiting = times(n, () => createTask(() => passAsync(lock)))
  await sleep(0)
  lock.release()
  return sum(await gather(waiting))
}

import { Lock } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

export function* generators(n: number): Coroutine<number> {
  const lock = new Lock()
  let count = 0
  for (let i = 0; i < n; i++) {
    yield* lock.acquire()
    count++
    lock.release()
  }
  return count
}

export async function functions(n: number): Promise<number> {
  const lock = new Lock()
  let count = 0
  for (let i = 0; i < n; i++) {
    await lock.acquire()
    count++
    lock.release()
  }
  return count
}

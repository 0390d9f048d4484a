import type { Acquirable } from '../../acquirable.ts'
import { nextTurn } from '../../next-turn.ts'
import { sum, times } from '../../times.ts'

async function pass(lock: Acquirable): Promise<number> {
  await lock.acquire()
  lock.release()
  return 1
}

/** The workload, for locks of promises. */
export const waiters =
  (makeLock: () => Acquirable) =>
  async (n: number): Promise<number> => {
    const lock = makeLock()
    await lock.acquire()
    const waiting = times(n, () => pass(lock))
    await nextTurn()
    lock.release()
    return sum(await Promise.all(waiting))
  }

import type { Acquirable } from '../../acquirable.ts'
import { nextTurn } from '../../next-turn.ts'
import { sum, times } from '../../times.ts'

async function hold(lock: Acquirable, holds: number): Promise<number> {
  for (let i = 0; i < holds; i++) {
    await lock.acquire()
    await nextTurn()
    lock.release()
  }
  return holds
}

/** The workload, for locks of promises. */
export const contended =
  (makeLock: () => Acquirable) =>
  async (n: number, tasks: number): Promise<number> => {
    const lock = makeLock()
    return sum(await Promise.all(times(tasks, () => hold(lock, n / tasks))))
  }

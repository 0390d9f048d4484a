import type { Acquirable } from '../../acquirable.ts'

/** The workload, for locks of promises. */
export const free =
  (makeLock: () => Acquirable) =>
  async (n: number): Promise<number> => {
    const lock = makeLock()
    let count = 0
    for (let i = 0; i < n; i++) {
      await lock.acquire()
      count++
      lock.release()
    }
    return count
  }

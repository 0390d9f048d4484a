/** The libraries that do one thing: locks and limiters. */
import { Mutex } from 'async-mutex'
import { Sema } from 'async-sema'
import fastq from 'fastq'
import pLimit from 'p-limit'
import PQueue from 'p-queue'
import type { Peer, Workload } from '../workload.ts'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
const job = async (i: number): Promise<number> => {
  await turn()
  return i
}

/** Something that is acquired and released. */
interface Acquirable {
  acquire(): Promise<unknown>
  release(): void
}

function lockWorkloads(make: () => Acquirable): Peer {
  const waiters: Workload = async (n) => {
    const lock = make()
    await lock.acquire()
    const waiting = range(n).map(async () => {
      await lock.acquire()
      lock.release()
    })
    await turn()
    lock.release()
    await Promise.all(waiting)
  }
  return {
    lock_uncontended: async (n) => {
      const lock = make()
      for (let i = 0; i < n; i++) {
        await lock.acquire()
        lock.release()
      }
    },
    lock_contended: async (n) => {
      const lock = make()
      await Promise.all(
        range(100).map(async () => {
          for (let i = 0; i < n / 100; i++) {
            await lock.acquire()
            await turn()
            lock.release()
          }
        }),
      )
    },
    lock_waiters_1k: waiters,
    lock_waiters_10k: waiters,
  }
}

const limiter = (run: (n: number) => Promise<unknown>): Peer => ({ sem_limited: run, map_limited: run })

export const asyncMutex: Peer = lockWorkloads(() => new Mutex())
export const asyncSema: Peer = {
  ...lockWorkloads(() => new Sema(1)),
  ...limiter(async (n) => {
    const sema = new Sema(100)
    await Promise.all(
      range(n).map(async (i) => {
        await sema.acquire()
        try {
          return await job(i)
        } finally {
          sema.release()
        }
      }),
    )
  }),
}
export const pLimitPeer: Peer = limiter((n) => {
  const limit = pLimit(100)
  return Promise.all(range(n).map((i) => limit(() => job(i))))
})
export const pQueuePeer: Peer = limiter((n) => {
  const queue = new PQueue({ concurrency: 100 })
  return queue.addAll(range(n).map((i) => () => job(i)))
})
export const fastqPeer: Peer = limiter((n) => {
  const queue = fastq.promise(job, 100)
  return Promise.all(range(n).map((i) => queue.push(i)))
})

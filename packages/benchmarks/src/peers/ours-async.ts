import { createTask, gather, getRunningLoop, Lock, mapConcurrent, Queue, Semaphore, sleep, timeout } from 'asyncio-ts'
import type { Peer } from '../workload.ts'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Runs an async function as a task of the ambient loop. */
const main = (body: (n: number) => Promise<unknown>) => (n: number): Promise<unknown> => createTask(() => body(n))

const spin = async (turns: number): Promise<void> => {
  for (let i = 0; i < turns; i++) await sleep(0)
}

const job = async (i: number): Promise<number> => {
  await sleep(0)
  return i
}

async function lockWaiters(n: number): Promise<void> {
  const lock = new Lock()
  await lock.acquire()
  const wait = async (): Promise<void> => {
    await lock.acquire()
    lock.release()
  }
  const tasks = range(n).map(() => createTask(wait))
  await sleep(0)
  lock.release()
  await gather(tasks)
}

export const peer: Peer = {
  task_spawn: main(async (n) => {
    await gather(range(n).map((i) => async () => i))
  }),
  switch: main(async (n) => {
    await gather(range(1000).map(() => () => spin(n / 1000)))
  }),
  switch_2: main(async (n) => {
    await gather(
      () => spin(n / 2),
      () => spin(n / 2),
    )
  }),
  queue_pingpong: main(async (n) => {
    const there = new Queue<number>(1)
    const back = new Queue<number>(1)
    const task = createTask(async () => {
      for (let i = 0; i < n; i++) await back.put(await there.get())
    })
    for (let i = 0; i < n; i++) {
      await there.put(i)
      await back.get()
    }
    await task
  }),
  queue_pipe: main(async (n) => {
    const queue = new Queue<number>(100)
    const task = createTask(async () => {
      for (let i = 0; i < n; i++) await queue.put(i)
    })
    for (let i = 0; i < n; i++) await queue.get()
    await task
  }),
  lock_uncontended: main(async (n) => {
    const lock = new Lock()
    for (let i = 0; i < n; i++) {
      await lock.acquire()
      lock.release()
    }
  }),
  lock_contended: main(async (n) => {
    const lock = new Lock()
    const hold = async (): Promise<void> => {
      for (let i = 0; i < n / 100; i++) {
        await lock.acquire()
        await sleep(0)
        lock.release()
      }
    }
    await gather(range(100).map(() => () => hold()))
  }),
  lock_waiters_1k: main(lockWaiters),
  lock_waiters_10k: main(lockWaiters),
  sem_limited: main(async (n) => {
    const semaphore = new Semaphore(100)
    const limited = async (i: number): Promise<number> => {
      const guard = await semaphore.acquire()
      try {
        return await job(i)
      } finally {
        guard.release()
      }
    }
    await gather(range(n).map((i) => () => limited(i)))
  }),
  map_limited: main(async (n) => {
    await mapConcurrent(range(n), job, { limit: 100 })
  }),
  timers_fire: main(async (n) => {
    await gather(range(n).map((i) => async () => {
      await sleep(((i * 7919) % 1000) / 10_000)
    }))
  }),
  timers_cancel: main(async (n) => {
    const loop = getRunningLoop()
    const handles = range(n).map((i) => loop.callLater(10 + (i % 100), () => undefined))
    for (const handle of handles) handle.cancel()
    await sleep(0)
  }),
  cancel: main(async (n) => {
    const tasks = range(n).map(() => createTask(async () => {
      await sleep(100)
    }))
    await sleep(0)
    await sleep(0)
    for (const task of tasks) task.cancel()
    await gather(tasks, { returnExceptions: true })
  }),
  timeout: main(async (n) => {
    for (let i = 0; i < n; i++) await timeout(10, async () => undefined)
  }),
}

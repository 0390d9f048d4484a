/** One measured thing: does `n` operations. */
export type Workload = (n: number) => Promise<unknown>

/** What a peer can do; what it has no means for is left out. */
export type Peer = Partial<Record<WorkloadName, Workload>>

/** What each workload does, and how many operations make a round. */
export const workloads = {
  task_spawn: { n: 100_000, text: 'tasks that return at once, gathered' },
  switch: { n: 100_000, text: '1,000 tasks that each sleep(0) a hundred times' },
  switch_2: { n: 200_000, text: 'two tasks that sleep(0)' },
  queue_pingpong: { n: 50_000, text: 'round trips over two queues of size 1' },
  queue_pipe: { n: 200_000, text: 'items through one queue of size 100' },
  lock_uncontended: { n: 200_000, text: 'acquire and release of a free lock' },
  lock_contended: { n: 50_000, text: '100 tasks that hold one lock over a sleep(0)' },
  lock_waiters_1k: { n: 1_000, text: 'tasks that wait for one lock, 1,000 at a time' },
  lock_waiters_10k: { n: 10_000, text: 'tasks that wait for one lock, 10,000 at a time' },
  sem_limited: { n: 50_000, text: 'jobs of one sleep(0) each, 100 at a time, over a semaphore or limiter' },
  map_limited: { n: 100_000, text: 'the same jobs over a bounded map' },
  timers_fire: { n: 50_000, text: 'sleeping tasks that wake within 100 ms, per second of CPU time' },
  timers_cancel: { n: 100_000, text: 'timers that are set and called off' },
  cancel: { n: 50_000, text: 'sleeping tasks that are cancelled' },
  timeout: { n: 100_000, text: 'time limits of 10 s around a body that need not wait' },
} as const

export type WorkloadName = keyof typeof workloads
export const workloadNames = Object.keys(workloads) as WorkloadName[]

/** Those that sleep: their cost is the processor's time, not the clock's. */
export const measuredInCpuTime: ReadonlySet<WorkloadName> = new Set(['timers_fire'])

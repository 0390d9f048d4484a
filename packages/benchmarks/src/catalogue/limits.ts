import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const rate = entries('limits', 'cpu-rate')

/** Locks, semaphores, and so many jobs at a time. */
export const limits: readonly Workload[] = [
  rate('lock_uncontended', 'acquire and release of a free lock', { n: 200_000, quick: 100 }),
  rate('lock_contended', 'holds of one lock over a sleep(0), by 100 tasks', { n: 50_000, quick: 1000, width: 100 }),
  // Effect's semaphore looks through all its waiters at each release.
  rate('sem_limited', 'jobs of one sleep(0), 100 at a time, each a task that takes a semaphore', {
    n: 100_000,
    quick: 1000,
    width: 100,
    cut: { effect: 5000, trio: 20_000, 'async-mutex': 20_000 },
  }),
  rate('map_limited', 'jobs of one sleep(0), 100 at a time, over a bounded map', {
    n: 100_000,
    quick: 1000,
    width: 100,
  }),
]

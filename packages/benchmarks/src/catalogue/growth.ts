import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const steps: readonly (readonly [suffix: string, n: number])[] = [
  ['1k', 1000],
  ['10k', 10_000],
  ['100k', 100_000],
  ['1m', 1_000_000],
]

/** How many a peer is given at the most. */
type Most = Readonly<Record<string, number>>

/** The same folder at each size: what an operation costs must not grow with their number. */
function growing(prefix: string, folder: string, text: string, most: Most): Workload[] {
  const entry = entries('growth', 'cpu-rate')
  return steps.map(([suffix, n]): Workload => {
    const leftOut = Object.fromEntries(
      Object.entries(most)
        .filter(([, limit]) => n > limit)
        .map(([peer]) => [peer, 0]),
    )
    return entry(`${prefix}_${suffix}`, `${text}, ${n.toLocaleString('en')} at a time`, {
      folder,
      n,
      quick: 100,
      cut: leftOut,
    })
  })
}

const slow = { effection: 1000, trio: 10_000, uvloop: 0, floor: 0 }

/** How the cost of one grows with how many there are. */
export const growth: readonly Workload[] = [
  ...growing('tasks', 'task_spawn', 'tasks that return at once', slow),
  ...growing('timers', 'timers_fire', 'tasks that sleep 0 to 100 ms', slow),
  ...growing('lock_waiters', 'lock_waiters', 'tasks in line for one lock', {
    ...slow,
    effect: 10_000,
    'async-mutex': 10_000,
  }),
]

import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const memory = entries('host', 'memory')

/** What is asked of the host: its time, its memory, and its start. */
export const host: readonly Workload[] = [
  entries('host', 'latency')('fairness', '64-byte echoes while 1,000 tasks spin on sleep(0)', {
    n: 10_000,
    quick: 50,
    width: 1000,
  }),
  entries('host', 'startup')('startup', 'a process that imports the library and runs one task', { n: 15, quick: 1 }),
  memory('memory', 'sleeping tasks, held at once', { n: 100_000, quick: 1000, cut: { effection: 5000 } }),
  memory('memory_getter', 'tasks that wait for an item of one queue, held at once', {
    n: 100_000,
    quick: 1000,
    cut: { effection: 5000 },
  }),
]

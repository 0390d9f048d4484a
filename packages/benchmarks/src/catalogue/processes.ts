import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const rate = entries('processes', 'rate')

/** Other programs. */
export const processes: readonly Workload[] = [
  rate('spawn', 'runs of /bin/true, 8 at a time', { n: 80, quick: 8, width: 8 }),
  rate('cat', 'MiB through the pipes of a cat', { n: 64, quick: 1 }),
]

import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const rate = entries('pools', 'rate')

/** Functions handed to two threads. */
export const pools: readonly Workload[] = [
  rate('exec_tiny', 'calls that return at once, all handed over at once', { n: 5000, quick: 20, width: 2 }),
  rate('exec_latency', 'calls that return at once, one after the other', { n: 2000, quick: 20, width: 2 }),
  rate('exec_cpu', 'calls of fibonacci(27), all handed over at once', { n: 20, quick: 2, width: 2 }),
]

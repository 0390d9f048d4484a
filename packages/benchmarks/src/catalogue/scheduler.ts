import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const rate = entries('scheduler', 'cpu-rate')

// Effection takes a timer of the host for each sleep(0) and shifts long arrays, trio is slow, and an AbortSignal for
// each task is costly: they get fewer operations, and the report says how many.
const timeLimits = (name: string, text: string, turns: number, effection: number): Workload =>
  rate(name, `time limits of 10 s around ${text}`, {
    folder: 'timeout',
    n: 200_000,
    quick: 100,
    width: turns,
    cut: { effection, 'native-signal': 20_000 },
  })

/** Tasks, turns, queues, timers, cancelling: what a loop does all day. */
export const scheduler: readonly Workload[] = [
  rate('task_spawn', 'tasks that return at once, gathered', {
    n: 100_000,
    quick: 1000,
    cut: { effection: 1000, trio: 20_000 },
  }),
  rate('switch', 'turns of sleep(0), over 1,000 tasks', {
    n: 100_000,
    quick: 2000,
    width: 1000,
    cut: { effection: 2000 },
  }),
  rate('switch_2', 'turns of sleep(0), over 2 tasks', {
    folder: 'switch',
    n: 200_000,
    quick: 200,
    width: 2,
    cut: { effection: 1000 },
  }),
  rate('nested', 'calls of functions that call each other, three deep, around one sleep(0)', {
    n: 100_000,
    quick: 100,
  }),
  rate('queue_pingpong', 'round trips over two queues of size 1', { n: 50_000, quick: 100 }),
  rate('queue_pipe', 'items through one queue of size 100', {
    n: 200_000,
    quick: 1000,
    width: 100,
    cut: { effection: 5000, trio: 50_000 },
  }),
  rate('timers_fire', 'tasks that sleep 0 to 100 ms, started at once', {
    n: 100_000,
    quick: 100,
    cut: { effection: 2000, trio: 20_000 },
  }),
  rate('timers_cancel', 'timers, of which one in ten fires within 100 ms and nine are called off', {
    n: 100_000,
    quick: 100,
    cut: { effection: 2000 },
  }),
  rate('cancel', 'sleeping tasks that are cancelled', {
    n: 100_000,
    quick: 100,
    cut: { effection: 2000, native: 10_000, trio: 20_000 },
  }),
  timeLimits('timeout_idle', 'nothing', 0, 1000),
  timeLimits('timeout_sleep', 'one sleep(0)', 1, 500),
]

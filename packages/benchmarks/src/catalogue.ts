import type { Measure, Workload } from './workload.ts'

type Sizes = Omit<Workload, 'name' | 'text' | 'measure'>

const entry =
  (measure: Measure) =>
  (name: string, text: string, sizes: Sizes): Workload => ({ name, text, measure, ...sizes })

const rate = entry('rate')
const cpuRate = entry('cpu-rate')

const lockWaiters = (name: string, n: number, cut: Record<string, number> = {}): Workload =>
  rate(name, `tasks in line for one lock, ${n} at a time`, { folder: 'lock_waiters', n, quick: 100, cut })

// Effection takes a timer of the host for each sleep(0), and Effect's semaphore looks through all its waiters at each
// release: they get fewer operations, and the report says how many.
const timeLimits = (name: string, text: string, turns: number, effection: number): Workload =>
  rate(name, `time limits of 10 s around ${text}`, {
    folder: 'timeout',
    n: 200_000,
    quick: 100,
    width: turns,
    cut: { effection, 'native-signal': 20_000 },
  })

/** Every workload, in the order of the report. */
export const catalogue: readonly Workload[] = [
  rate('task_spawn', 'tasks that return at once, gathered', { n: 100_000, quick: 1000, cut: { effection: 10_000 } }),
  rate('switch', 'turns of sleep(0), over 1,000 tasks', {
    n: 100_000,
    quick: 2000,
    width: 1000,
    cut: { effection: 10_000 },
  }),
  rate('switch_2', 'turns of sleep(0), over 2 tasks', {
    folder: 'switch',
    n: 200_000,
    quick: 200,
    width: 2,
    cut: { effection: 1000 },
  }),
  rate('queue_pingpong', 'round trips over two queues of size 1', { n: 50_000, quick: 100 }),
  rate('queue_pipe', 'items through one queue of size 100', { n: 200_000, quick: 1000, width: 100 }),
  rate('lock_uncontended', 'acquire and release of a free lock', { n: 200_000, quick: 100 }),
  rate('lock_contended', 'holds of one lock over a sleep(0), by 100 tasks', { n: 50_000, quick: 1000, width: 100 }),
  lockWaiters('lock_waiters_1k', 1000),
  lockWaiters('lock_waiters_10k', 10_000),
  lockWaiters('lock_waiters_100k', 100_000, { effect: 0 }),
  rate('sem_limited', 'jobs of one sleep(0), 100 at a time, each a task that takes a semaphore', {
    n: 100_000,
    quick: 1000,
    width: 100,
    cut: { effect: 5000 },
  }),
  rate('map_limited', 'jobs of one sleep(0), 100 at a time, over a bounded map', { n: 100_000, quick: 1000, width: 100 }),
  cpuRate('timers_fire', 'tasks that sleep 0 to 100 ms, started at once', {
    n: 100_000,
    quick: 100,
    cut: { effection: 10_000 },
  }),
  cpuRate('timers_cancel', 'timers, of which one in ten fires within 100 ms and nine are called off', {
    n: 100_000,
    quick: 100,
    cut: { effection: 10_000 },
  }),
  rate('cancel', 'sleeping tasks that are cancelled', {
    n: 100_000,
    quick: 100,
    cut: { effection: 10_000, native: 10_000 },
  }),
  timeLimits('timeout_idle', 'nothing', 0, 5000),
  timeLimits('timeout_sleep', 'one sleep(0)', 1, 500),
  entry('latency')('fairness', '64-byte echoes while 1,000 tasks spin on sleep(0)', { n: 10_000, quick: 50, width: 1000 }),
  entry('startup')('startup', 'a process that imports the library and runs one task', { n: 15, quick: 1 }),
  entry('memory')('memory', 'sleeping tasks, held at once', { n: 100_000, quick: 1000, cut: { effection: 20_000 } }),
]

/** What ours is meant to reach: so many times better than a peer. */
export interface Target {
  readonly workload: string
  readonly spelling: 'yield*' | 'await'
  readonly peer: string
  readonly factor: number
}

const target =
  (spelling: Target['spelling']) =>
  (workload: string, peers: Readonly<Record<string, number>>): Target[] =>
    Object.entries(peers).map(([peer, factor]) => ({ workload, spelling, peer, factor }))

const generators = target('yield*')
const functions = target('await')

const everywhere = [
  'task_spawn',
  'switch',
  'switch_2',
  'queue_pingpong',
  'queue_pipe',
  'timers_fire',
  'timers_cancel',
  'cancel',
  'timeout_idle',
  'lock_uncontended',
  'lock_contended',
  'sem_limited',
]

/** The targets, in the order of the report. */
export const targets: readonly Target[] = [
  ...generators('task_spawn', { asyncio: 12, native: 3 }),
  ...generators('switch', { asyncio: 8, native: 2 }),
  ...generators('queue_pingpong', { native: 1.1 }),
  ...generators('queue_pipe', { native: 1.3 }),
  ...generators('timers_fire', { native: 1 }),
  ...generators('timers_cancel', { native: 1.5 }),
  ...generators('cancel', { asyncio: 5, effect: 1.5 }),
  ...generators('timeout_idle', { asyncio: 15, native: 3 }),
  ...generators('lock_uncontended', { 'async-sema': 3 }),
  ...generators('lock_contended', { 'async-sema': 4 }),
  ...generators('map_limited', { effect: 1, 'p-limit': 3 }),
  ...generators('fairness', { uvloop: 10 }),
  ...generators('memory', { asyncio: 1 }),
  ...generators('memory_getter', { asyncio: 1 }),
  ...generators('echo_1', { native: 0.95, asyncio: 1.2 }),
  ...generators('echo_100', { native: 0.95, asyncio: 1.2 }),
  ...generators('bulk', { native: 1, asyncio: 1.2 }),
  ...generators('readline', { asyncio: 3, 'native-iterator': 1.5 }),
  ...generators('spawn', { native: 0.95, execa: 2 }),
  ...generators('cat', { native: 0.95, asyncio: 2 }),
  ...generators('exec_tiny', { asyncio: 1.2, piscina: 1 }),
  ...generators('exec_cpu', { asyncio: 10 }),
  ...everywhere.flatMap((workload) => functions(workload, { asyncio: 1.5 })),
  ...functions('task_spawn', { effect: 1 }),
  ...functions('switch', { effect: 1 }),
]

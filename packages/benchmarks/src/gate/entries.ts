import { catalogue } from '../catalogue.ts'
import type { Workload } from '../workload.ts'

/** Operations in a call of the gate: a few milliseconds each. Workloads that sleep are left to the tables. */
const sizes: Readonly<Record<string, number>> = {
  task_spawn: 2000,
  switch: 20_000,
  switch_2: 10_000,
  nested: 5000,
  queue_pingpong: 4000,
  queue_pipe: 20_000,
  lock_uncontended: 40_000,
  lock_contended: 5000,
  sem_limited: 2000,
  map_limited: 4000,
  cancel: 2000,
  timeout_idle: 10_000,
  timeout_sleep: 5000,
}

/** A workload as the gate runs it. */
export interface GateEntry {
  readonly workload: Workload
  readonly n: number
}

/** Every workload of the gate. */
export const gateEntries: readonly GateEntry[] = catalogue.flatMap((workload) => {
  const n = sizes[workload.name]
  return n === undefined ? [] : [{ workload, n }]
})

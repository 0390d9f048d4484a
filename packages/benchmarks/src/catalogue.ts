import { growth } from './catalogue/growth.ts'
import { host } from './catalogue/host.ts'
import { limits } from './catalogue/limits.ts'
import { network } from './catalogue/network.ts'
import { pools } from './catalogue/pools.ts'
import { processes } from './catalogue/processes.ts'
import { scheduler } from './catalogue/scheduler.ts'
import type { Workload } from './workload.ts'

/** Every workload, in the order of the report. */
export const catalogue: readonly Workload[] = [
  ...scheduler,
  ...limits,
  ...growth,
  ...host,
  ...network,
  ...processes,
  ...pools,
]

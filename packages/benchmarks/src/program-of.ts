import type { Peer } from './peers.ts'
import { folderOf } from './workload.ts'
import type { Workload } from './workload.ts'

/** What is run for a peer: in the bundle for JavaScript, beside this file for Python. */
export const programOf = (workload: Workload, { bundle, file }: Peer): string =>
  `workloads/${folderOf(workload)}/${(bundle ?? file).replace(/\.ts$/, '.js')}`

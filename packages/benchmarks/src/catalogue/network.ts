import type { Workload } from '../workload.ts'
import { entries } from './entry.ts'

const rate = entries('network', 'cpu-rate')

/** TCP on the loopback, both ends in one process. */
export const network: readonly Workload[] = [
  rate('echo_1', 'echoes of 1 KiB over one connection, through streams', {
    folder: 'echo',
    n: 4000,
    quick: 20,
    width: 1,
  }),
  rate('echo_100', 'echoes of 1 KiB over 100 connections, through streams', {
    folder: 'echo',
    n: 10_000,
    quick: 100,
    width: 100,
  }),
  rate('echo_protocol_1', 'echoes of 1 KiB over one connection, through protocols', {
    folder: 'echo_protocol',
    n: 4000,
    quick: 20,
    width: 1,
  }),
  rate('echo_protocol_100', 'echoes of 1 KiB over 100 connections, through protocols', {
    folder: 'echo_protocol',
    n: 10_000,
    quick: 100,
    width: 100,
  }),
  rate('bulk', 'MiB through one connection', { n: 128, quick: 1 }),
  rate('readline', 'lines of 80 bytes through one connection', { n: 200_000, quick: 1000, width: 500 }),
]

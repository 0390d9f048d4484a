/** What is measured, and in which unit. */
export type Measure =
  /** Operations per second of wall clock: higher is better. */
  | 'rate'
  /** Operations per second of processor time, which other programs take nothing from: higher is better. */
  | 'cpu-rate'
  /** Bytes of resident memory an operation holds: lower is better. */
  | 'memory'
  /** Microseconds until an answer, median and 99th percentile: lower is better. */
  | 'latency'
  /** Milliseconds from the start of the process to its end: lower is better. */
  | 'startup'

/** The chapters of the report. */
export type Chapter = 'scheduler' | 'limits' | 'growth' | 'host' | 'network' | 'processes' | 'pools'

/** One thing to measure: the folder of the same name holds it for every peer that can do it. */
export interface Workload {
  readonly name: string
  readonly chapter: Chapter
  /** What one operation is. */
  readonly text: string
  readonly measure: Measure
  /** Operations in one call. */
  readonly n: number
  /** Operations that are enough to see that it runs. */
  readonly quick: number
  /** The second argument of the body: how many tasks share the operations, where that matters. */
  readonly width?: number
  /** The folder, where several workloads share one. */
  readonly folder?: string
  /** Peers that get fewer operations, because they would take minutes; `0` leaves a peer out. */
  readonly cut?: Readonly<Record<string, number>>
}

/** The folder that holds the programs of a workload. */
export const folderOf = ({ folder, name }: Workload): string => folder ?? name

/** Does `n` operations and returns how many it counted: the harness compares. */
export type Body = (n: number, width: number) => Promise<number>

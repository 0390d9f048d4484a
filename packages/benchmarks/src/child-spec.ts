import type { Measure } from './workload.ts'

/** What the runner tells a child to measure: one argument, as JSON, the same for Node and Python. */
export interface ChildSpec {
  readonly file: string
  readonly library: string
  readonly measure: Measure
  readonly n: number
  readonly width: number
  /** Measured rounds; a child that runs out of time makes do with fewer. */
  readonly rounds: number
  /** A round repeats the workload until it has taken this long. */
  readonly roundSeconds: number
  readonly budgetSeconds: number
}

/** One measurement: the value of the workload's {@link Measure}, and what else is worth knowing about it. */
export interface Sample {
  readonly value: number
  readonly extras?: Readonly<Record<string, number>>
}

import type { Machine } from './machine.ts'
import type { Row } from './report.ts'

/** What a run has found, and on what. */
export interface Results {
  readonly date: string
  readonly machine: Machine
  readonly results: Readonly<Record<string, Row>>
  readonly failures: readonly string[]
}

/** The earlier results, with those of the later run in place of the workloads that it measured. */
export function mergeResults(earlier: Results | undefined, later: Results): Results {
  return {
    date: later.date,
    machine: { ...earlier?.machine, ...later.machine },
    results: { ...earlier?.results, ...later.results },
    failures: later.failures,
  }
}

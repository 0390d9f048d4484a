/** What a worker is asked to run. */
export interface RunOptions {
  /** The folder that is CPython's package `test`. */
  tests: string
  loop: 'ours' | 'reference'
  modules: string[]
  /** The names of tests that are not to be run (again). */
  finished: string[]
  secondsPerTest: number
}

export type Outcome = 'passed' | 'failed' | 'skipped'

/** What a worker tells while it runs. */
export type Report =
  | { kind: 'started'; id: string }
  | { kind: 'ended'; id: string; outcome: Outcome; detail: string; turns: number }
  | { kind: 'fixture failed'; id: string; detail: string }
  | { kind: 'end' }

import type { CancelOptions, Program } from '../../src/index.ts'

/** A program of which every schedule has to come out well. */
export interface Explored {
  readonly title: string
  readonly main: Program<unknown>
  readonly cancels?: number | CancelOptions
}

/** States a fact; the message names it. */
export function holds(condition: boolean, fact: string): void {
  if (!condition) throw new Error(`This does not hold: ${fact}`)
}

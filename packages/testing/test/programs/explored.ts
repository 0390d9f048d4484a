import type { Task } from '@asyncio-ts/core'
import type { CancelOptions, NetworkOptions, Program } from '../../src/index.ts'

/** A program of which every schedule has to come out well. */
export interface Explored {
  readonly title: string
  readonly main: Program<unknown>
  readonly cancels?: number | CancelOptions
  readonly network?: NetworkOptions
}

/** States a fact; the message names it. */
export function holds(condition: boolean, fact: string): void {
  if (!condition) throw new Error(`This does not hold: ${fact}`)
}

/** States that tasks are done, and that none has failed but with the errors that are allowed. */
export function endedWell(tasks: Iterable<Task>, ...allowed: (abstract new (...args: never[]) => Error)[]): void {
  for (const task of tasks) {
    holds(task.done(), `${task.getName()} has ended`)
    const error = task.cancelled() ? null : task.exception()
    holds(
      error === null || allowed.some((each) => error instanceof each),
      `${task.getName()} ends well, not with ${String(error)}`,
    )
  }
}

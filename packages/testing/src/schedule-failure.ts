import { formatSchedule } from './schedule.ts'
import type { Deviation } from './schedule.ts'

/** What is known about a schedule under which a program failed. */
export interface FailureFacts {
  readonly error: unknown
  /** The seed of the schedule that was found; absent when no seed made it. */
  readonly seed: number | undefined
  readonly deviations: readonly Deviation[]
  readonly trace: readonly string[]
  /** How many schedules had been run, this one included. */
  readonly schedules: number
  /** The name of the program's function. */
  readonly name: string
}

/** How many lines of a trace a message shows. */
const MAX_LINES = 80

/**
 * A program failed under one of its schedules.
 *
 * The message has the seed, the schedule, shrunk to the deviations that it takes, and what happened step by step. Its
 * `cause` is the program's own error.
 */
export class ScheduleFailure extends Error {
  /** For `runSeeded`, with the options that `explore` had; absent when no seed made the schedule. */
  readonly seed: number | undefined
  /** For `replay`: it needs no options but the same program. */
  readonly schedule: string
  readonly trace: readonly string[]
  /** How many schedules had been run, this one included. */
  readonly schedules: number

  constructor(facts: FailureFacts) {
    super(messageOf(facts), { cause: facts.error })
    this.seed = facts.seed
    this.schedule = formatSchedule(facts.deviations)
    this.trace = facts.trace
    this.schedules = facts.schedules
  }
}
Object.defineProperty(ScheduleFailure.prototype, 'name', { value: 'ScheduleFailure' })
Object.defineProperty(ScheduleFailure.prototype, 'code', { value: 'ERR_ASYNCIO_SCHEDULE' })

function messageOf({ error, seed, deviations, trace, schedules, name }: FailureFacts): string {
  const main = name === '' ? 'main' : name
  const schedule = formatSchedule(deviations)
  const cut = trace.length > MAX_LINES ? [`      … ${trace.length - MAX_LINES} steps before`] : []
  return [
    `The program failed under schedule ${schedules}${seed === undefined ? '' : `, seed ${seed}`}: ${String(error)}`,
    ...cut,
    ...trace.slice(-MAX_LINES),
    `Replay it: await replay(${main}, '${schedule}')`,
    ...(seed === undefined
      ? []
      : [`The schedule as it was found: await runSeeded(${main}, { seed: ${seed} }), with the same options.`]),
  ].join('\n')
}

import { ReplayDecider } from './decider.ts'
import { runSchedule } from './run-schedule.ts'
import type { Program, ScheduleRun } from './run-schedule.ts'
import type { Deviation } from './schedule.ts'
import type { ScheduleOptions } from './seeded-loop.ts'

/** How many schedules are tried to find a shorter one. */
const MAX_ATTEMPTS = 500
/** How long that may take, in milliseconds: a schedule that has to wait for the host is slow to try. */
const MAX_MS = 10_000

/**
 * Finds a schedule with fewer deviations under which the program fails in the same way.
 *
 * Delta debugging: halves are left out first, then quarters, then single deviations; what is left gets smaller values.
 */
export class Shrinker<T> {
  readonly #main: Program<T>
  readonly #options: ScheduleOptions
  readonly #kind: string
  #best: readonly Deviation[]
  #attemptsLeft = MAX_ATTEMPTS
  readonly #deadlineMs = performance.now() + MAX_MS

  constructor(main: Program<T>, options: ScheduleOptions, found: ScheduleRun<T>) {
    this.#main = main
    this.#options = options
    this.#kind = kindOf(found.failure!.error)
    this.#best = found.deviations
  }

  async shrink(): Promise<readonly Deviation[]> {
    let size = -1
    while (size !== sizeOf(this.#best) && this.#attemptsLeft > 0) {
      size = sizeOf(this.#best)
      await this.#leaveOut()
      await this.#lower()
    }
    return this.#best
  }

  async #leaveOut(): Promise<void> {
    for (let chunk = Math.ceil(this.#best.length / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2)) {
      for (let from = 0; from < this.#best.length;) {
        const rest = this.#best.filter((_deviation, index) => index < from || index >= from + chunk)
        if (!(await this.#accept(rest))) from += chunk
      }
    }
  }

  async #lower(): Promise<void> {
    for (let index = 0; index < this.#best.length; index++) {
      const deviation = this.#best[index]!
      if (deviation.value > 1) await this.#accept(this.#best.with(index, { ...deviation, value: 1 }))
    }
  }

  async #accept(deviations: readonly Deviation[]): Promise<boolean> {
    if (this.#attemptsLeft-- <= 0 || performance.now() > this.#deadlineMs) return false
    const run = await runSchedule(this.#main, new ReplayDecider(deviations), this.#options)
    if (run.failure === null || kindOf(run.failure.error) !== this.#kind) return false
    // What was left over of a longer schedule, and no longer decides anything, is gone from what was recorded.
    if (sizeOf(run.deviations) >= sizeOf(this.#best)) return false
    this.#best = run.deviations
    return true
  }
}

/** Fewer deviations are simpler; among as many, those of smaller value. */
function sizeOf(deviations: readonly Deviation[]): number {
  return deviations.reduce((sum, { value }) => sum + 1000 + Math.min(value, 999), 0)
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

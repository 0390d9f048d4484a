import { Runner } from '@asyncio-ts/loop'
import type { Main } from '@asyncio-ts/loop'
import { RuntimeError } from '@asyncio-ts/core'
import { runningLoop } from '@asyncio-ts/core/primitives'
import type { Decider } from './decider.ts'
import { afterIo } from './real-host.ts'
import type { Decision } from './recorder.ts'
import type { Deviation } from './schedule.ts'
import { SeededLoop } from './seeded-loop.ts'
import type { ScheduleOptions } from './seeded-loop.ts'

/** A program that can be run again and again: what is given is a function, as anything else runs once. */
export type Program<T> = (() => Generator<unknown, T, unknown>) | (() => PromiseLike<T>)

/** What one run of a program under one schedule came to. */
export interface ScheduleRun<T> {
  readonly failure: { readonly error: unknown } | null
  readonly value: T | undefined
  readonly steps: number
  readonly decisions: readonly Decision[]
  readonly deviations: readonly Deviation[]
  /** Empty when the run was not traced. */
  readonly trace: readonly string[]
}

/** Runs a program once, from its beginning to the end of its clean-up. Never rejects because of the program. */
export async function runSchedule<T>(
  main: Program<T>,
  decider: Decider,
  options: ScheduleOptions,
  isTraced = false,
): Promise<ScheduleRun<T>> {
  if (typeof main !== 'function') {
    throw new TypeError('A schedule runs a function, as it has to run it again and again.')
  }
  if (runningLoop() !== null) throw new RuntimeError('Schedules cannot be run from a running event loop.')
  const loop = new SeededLoop(decider, options, isTraced)
  const runner = new Runner({ loopFactory: () => loop })
  let value: T | undefined
  try {
    value = await runner.run(main as Main<T>)
  } catch (error) {
    loop._mainFailed(error)
  }
  loop._mainEnded()
  try {
    await runner.close()
  } catch (error) {
    loop._fail(error)
  }
  // What was never retrieved is reported when it is collected: long after anybody could tell which run it was of.
  loop.setExceptionHandler(() => undefined)
  // The host releases closed resources in a turn of its own: those of thousands of runs would slow it down.
  await new Promise<void>((resolve) => afterIo(resolve))
  return {
    failure: loop._failure,
    value,
    steps: loop._steps,
    decisions: loop._recorder.decisions,
    deviations: loop._recorder.deviations(),
    trace: loop._trace?.lines ?? [],
  }
}

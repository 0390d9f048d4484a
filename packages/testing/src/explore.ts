import { ValueError } from '@asyncio-ts/core'
import { ChosenDecider, PriorityDecider, RandomDecider, ReplayDecider } from './decider.ts'
import type { Decider } from './decider.ts'
import { Exhaustion } from './exhaustion.ts'
import { Random } from './random.ts'
import type { Chooser } from './random.ts'
import { runSchedule } from './run-schedule.ts'
import type { Program, ScheduleRun } from './run-schedule.ts'
import { formatSchedule, parseSchedule } from './schedule.ts'
import { ScheduleFailure } from './schedule-failure.ts'
import type { ScheduleOptions } from './seeded-loop.ts'
import { Shrinker } from './shrink.ts'

/** How schedules are made of seeds. */
export interface StrategyOptions {
  /**
   * `random` departs from asyncio's order at random; `pct` gives tasks random priorities. `both`, which takes them in
   * turns, when absent.
   */
  strategy?: 'random' | 'pct' | 'both' | undefined
  /** For `pct`: how many events a bug needs in a certain order; 3 when absent. */
  depth?: number | undefined
}

/** Options of {@link runSeeded}. */
export interface SeededOptions extends ScheduleOptions, StrategyOptions {
  /** Decides the schedule; 0 is asyncio's own order. */
  seed?: number | undefined
  /** Decides the schedule in place of a seed: the numbers of another generator, which can then shrink them. */
  choices?: Chooser | undefined
}

/** Options of {@link explore}. */
export interface ExploreOptions extends ScheduleOptions, StrategyOptions {
  /** How many schedules to run; 1000 when absent, 100,000 when exhaustive. */
  schedules?: number | undefined
  /** The seed of the first schedule after asyncio's own order; 1 when absent. The next ones count on from it. */
  seed?: number | undefined
  /** Runs every schedule there is within the bounds, in place of random ones. */
  exhaustive?: boolean | undefined
  /** When exhaustive: in how many steps a schedule may depart from asyncio's order; 2 when absent. */
  preemptions?: number | undefined
  /** False reports the schedule as it was found. True when absent. */
  shrink?: boolean | undefined
}

/** What {@link explore} did, when nothing failed. */
export interface Exploration {
  /** How many schedules were run. */
  readonly schedules: number
  /** How many steps they took together. */
  readonly steps: number
  /** Whether every schedule within the bounds was run. */
  readonly exhausted: boolean
}

const SCHEDULES = 1000
const MAX_EXHAUSTIVE_SCHEDULES = 100_000
const DEPTH = 3
const PREEMPTIONS = 2

/**
 * Runs a program under many schedules, and fails with the first under which it fails.
 *
 * A program fails when main throws, when an error reaches the loop's exception handler, when an invariant
 * ({@link always}) does not hold, when no task can continue ({@link Deadlock}) and when it does not end. A
 * CancelledError that comes out of main is no failure where the schedule has cancelled something.
 *
 * The first schedule is what `run` does: asyncio's own order, in which async functions go on, in microtasks, at the end
 * of each turn. Other schedules change the order of steps and callbacks, and let async functions go on in the middle of
 * a turn as well. The order of the microtasks themselves is the engine's.
 *
 * @param main - a function, run anew for each schedule: what it works on has to be made inside it
 * @param options.schedules - how many
 * @param options.seed - of the first one
 * @param options.strategy - `random`, `pct` or `both`
 * @param options.cancels - how many tasks a schedule may cancel
 * @param options.exhaustive - runs every schedule with at most `preemptions` departures from asyncio's order
 * @returns how many schedules were run
 * @throws ScheduleFailure with the seed, the shrunk schedule, and what happened
 * @throws RuntimeError when a loop is running
 *
 * @example
 * import { explore, always } from '@asyncio-ts/testing'
 *
 * const { schedules } = await explore(async () => {
 *   let inside = 0
 *   always(() => {
 *     if (inside > 1) throw new Error('two at once')
 *   })
 *   inside++
 *   await Promise.resolve()
 *   inside--
 * }, { schedules: 100 })
 * console.log(schedules)
 * @extension
 */
export async function explore<T>(main: Program<T>, options: ExploreOptions = {}): Promise<Exploration> {
  if (options.exhaustive === true) return exhaust(main, options)
  const { schedules = SCHEDULES, seed = 1 } = options
  let steps = 0
  for (let index = 0; index < schedules; index++) {
    const own = index === 0 ? 0 : seed + index - 1
    const run = await runSchedule(main, deciderOf(own, options), options)
    if (run.failure !== null) throw await failureOf(main, run, options, { seed: own, schedules: index + 1 })
    steps += run.steps
  }
  return { schedules, steps, exhausted: false }
}

/**
 * Runs a program once, under the schedule of a seed.
 *
 * @param options.seed - the same seed, program and options give the same run
 * @param options.choices - decides the schedule in place of a seed
 * @returns what main returns; `undefined` when a cancel by the schedule ended it
 * @throws ScheduleFailure when the program fails; see {@link explore}
 * @extension
 */
export async function runSeeded<T>(main: Program<T>, options: SeededOptions = {}): Promise<T | undefined> {
  const { seed = 0, choices } = options
  const decider = choices === undefined ? deciderOf(seed, options) : new ChosenDecider(choices)
  const run = await runSchedule(main, decider, options)
  if (run.failure === null) return run.value
  const facts = { seed: choices === undefined ? seed : undefined, schedules: 1 }
  throw await failureOf(main, run, { ...options, shrink: false }, facts)
}

/**
 * Runs a program under a schedule that a {@link ScheduleFailure} printed, or that of a seed.
 *
 * @param schedule - as in `replay(main, '3:1 7!2')`; a number is a seed, as for {@link runSeeded}
 * @param options - what the seed goes with; a printed schedule needs none
 * @returns what main returns
 * @throws ScheduleFailure when the program fails
 * @throws ValueError when it is no schedule
 * @extension
 */
export async function replay<T>(
  main: Program<T>,
  schedule: string | number,
  options: Omit<SeededOptions, 'seed' | 'choices'> = {},
): Promise<T | undefined> {
  if (typeof schedule === 'number') return runSeeded(main, { ...options, seed: schedule })
  const deviations = parseSchedule(schedule)
  const cancels = deviations.filter(({ kind }) => kind === 'cancel').length
  const settings = { ...options, cancels: options.cancels ?? cancels, shrink: false }
  const run = await runSchedule(main, new ReplayDecider(deviations), settings)
  if (run.failure !== null) throw await failureOf(main, run, settings, { seed: undefined, schedules: 1 })
  return run.value
}

async function exhaust<T>(main: Program<T>, options: ExploreOptions): Promise<Exploration> {
  const { schedules: limit = MAX_EXHAUSTIVE_SCHEDULES, preemptions = PREEMPTIONS } = options
  const exhaustion = new Exhaustion(preemptions)
  let steps = 0
  for (let schedules = 1; ; schedules++) {
    const run = await runSchedule(main, exhaustion.decider(), options)
    if (run.failure !== null) throw await failureOf(main, run, options, { seed: undefined, schedules })
    steps += run.steps
    const isMore = exhaustion.next(run.decisions)
    if (!isMore || schedules === limit) return { schedules, steps, exhausted: !isMore }
  }
}

function deciderOf(seed: number, { strategy = 'both', depth = DEPTH }: StrategyOptions): Decider {
  if (!Number.isSafeInteger(seed)) throw new ValueError(`A seed is a whole number, got ${seed}.`)
  if (seed === 0) return new ReplayDecider([])
  const isPriority = strategy === 'pct' || (strategy === 'both' && seed % 2 === 0)
  return isPriority ? new PriorityDecider(new Random(seed), depth) : new RandomDecider(new Random(seed))
}

/** Shrinks a schedule that failed, and runs it once more to write down what it does. */
async function failureOf<T>(
  main: Program<T>,
  found: ScheduleRun<T>,
  options: ExploreOptions,
  facts: { readonly seed: number | undefined; readonly schedules: number },
): Promise<ScheduleFailure> {
  const deviations = options.shrink === false ? found.deviations : await new Shrinker(main, options, found).shrink()
  const traced = await runSchedule(main, new ReplayDecider(deviations), options, true)
  const { trace } = traced
  const { name } = main
  const { failure } = traced
  if (failure !== null) return new ScheduleFailure({ ...facts, name, error: failure.error, deviations, trace })
  const { error: cause } = found.failure!
  const message = `${String(cause)}\nThe program failed under '${formatSchedule(deviations)}', and not when that was run again: it depends on more than its schedule.`
  return new ScheduleFailure({ ...facts, name, error: new Error(message, { cause }), deviations, trace })
}

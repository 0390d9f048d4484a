import type { Chooser, Random } from './random.ts'
import type { Deviation } from './schedule.ts'

/** Decides what a schedule leaves open. Zero is always what asyncio would do. */
export interface Decider {
  /**
   * Which of several lanes runs next.
   *
   * @param step - the number of the turn
   * @param lanes - tasks, and one object for all callbacks, the one that has been ready for longest first
   */
  pick(step: number, lanes: readonly object[]): number
  /**
   * Which task is cancelled before a turn: 0 for none, or its number from 1.
   *
   * @param count - how many there are
   */
  cancel(step: number, count: number): number
  /**
   * Whether async functions go on now, before the turn is over. They do so in microtasks, which asyncio's order lets run
   * after each turn.
   */
  settle(step: number): boolean
  /** Decides something else, such as what a network does. */
  draw(index: number, max: number): number
}

/** How rarely a random schedule cancels, or changes a priority, at most: once in 2 to this power steps. */
const RAREST = 7

/** In some schedules async functions go on at the end of each turn, in some after each step, in some now and then. */
class SettleHabit {
  readonly #random: Random
  readonly #habit: number

  constructor(random: Random) {
    this.#random = random
    this.#habit = random.next(3)
  }

  next(): boolean {
    return this.#habit === 1 || (this.#habit === 2 && this.#random.next(2) === 1)
  }
}

/** Departs from asyncio's order at random: in some schedules at every step, in others now and then. */
export class RandomDecider implements Decider {
  readonly #random: Random
  readonly #pickOdds: number
  readonly #cancelOdds: number
  readonly #settles: SettleHabit

  constructor(random: Random) {
    this.#random = random
    this.#settles = new SettleHabit(random)
    this.#pickOdds = 2 ** random.next(5)
    this.#cancelOdds = 2 ** random.next(RAREST)
  }

  pick(_step: number, lanes: readonly object[]): number {
    return this.#random.oneIn(this.#pickOdds) ? this.#random.next(lanes.length) : 0
  }

  cancel(_step: number, count: number): number {
    return this.#random.oneIn(this.#cancelOdds) ? 1 + this.#random.next(count) : 0
  }

  settle(): boolean {
    return this.#settles.next()
  }

  draw(_index: number, max: number): number {
    return this.#random.next(max)
  }
}

/** A lane is preferred to others at least 2 to this power times. */
const LEAST_PATIENCE = 3

/**
 * Gives every lane a random priority, and always runs the one with the highest; now and then the one that runs falls
 * to the lowest.
 *
 * A bug that needs `depth` events in a certain order is found with a probability that does not shrink with the number
 * of ways in which the rest can be interleaved. After Burckhardt and others, "A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs", ASPLOS 2010.
 */
export class PriorityDecider implements Decider {
  readonly #random: Random
  readonly #priorities = new WeakMap<object, number>()
  readonly #picks = new WeakMap<object, number>()
  readonly #patience: number
  readonly #changeOdds: number
  readonly #cancelOdds: number
  readonly #settles: SettleHabit
  #changesLeft: number
  #lowest = 0

  /** @param depth - how many events a bug needs in a certain order */
  constructor(random: Random, depth: number) {
    this.#random = random
    this.#settles = new SettleHabit(random)
    this.#changesLeft = depth - 1
    this.#patience = 2 ** (LEAST_PATIENCE + random.next(4))
    this.#changeOdds = 2 ** random.next(RAREST)
    this.#cancelOdds = 2 ** random.next(RAREST)
  }

  pick(_step: number, lanes: readonly object[]): number {
    const first = this.#highest(lanes)
    const lane = lanes[first]!
    const isChange = this.#changesLeft > 0 && this.#random.oneIn(this.#changeOdds)
    if (isChange) this.#changesLeft--
    if (!isChange && !this.#isTired(lane)) return first
    this.#priorities.set(lane, --this.#lowest)
    return this.#highest(lanes)
  }

  /** What has run so often before others falls behind them, or a task that looks again and again would starve them. */
  #isTired(lane: object): boolean {
    const picks = (this.#picks.get(lane) ?? 0) + 1
    const isTired = picks >= this.#patience
    this.#picks.set(lane, isTired ? 0 : picks)
    return isTired
  }

  cancel(_step: number, count: number): number {
    return this.#random.oneIn(this.#cancelOdds) ? 1 + this.#random.next(count) : 0
  }

  settle(): boolean {
    return this.#settles.next()
  }

  draw(_index: number, max: number): number {
    return this.#random.next(max)
  }

  #highest(lanes: readonly object[]): number {
    let best = 0
    for (let i = 1; i < lanes.length; i++) if (this.#priority(lanes[i]!) > this.#priority(lanes[best]!)) best = i
    return best
  }

  #priority(lane: object): number {
    let priority = this.#priorities.get(lane)
    if (priority === undefined) this.#priorities.set(lane, (priority = 1 + this.#random.next(2 ** 30)))
    return priority
  }
}

/** Cancels about once in this many steps, when all numbers are equally likely. */
const CHOSEN_CANCEL_ODDS = 8

/** Asks a chooser for everything: another generator's, so that it can shrink what it chose. */
export class ChosenDecider implements Decider {
  readonly #chooser: Chooser

  constructor(chooser: Chooser) {
    this.#chooser = chooser
  }

  pick(_step: number, lanes: readonly object[]): number {
    return this.#next(lanes.length)
  }

  cancel(_step: number, count: number): number {
    const chosen = this.#next(count * CHOSEN_CANCEL_ODDS)
    return chosen <= count ? chosen : 0
  }

  settle(): boolean {
    return this.#next(2) === 1
  }

  draw(_index: number, max: number): number {
    return this.#next(max)
  }

  #next(max: number): number {
    const chosen = this.#chooser.next(max)
    if (Number.isInteger(chosen) && chosen >= 0 && chosen < max) return chosen
    throw new RangeError(`The chooser's next(${max}) returned ${chosen}: it returns a whole number below its argument.`)
  }
}

/** Repeats a schedule. Where the program has changed since, what does not fit is brought into range. */
export class ReplayDecider implements Decider {
  readonly #values = new Map<string, number>()

  constructor(deviations: readonly Deviation[]) {
    for (const { kind, at, value } of deviations) this.#values.set(`${kind}${at}`, value)
  }

  pick(step: number, lanes: readonly object[]): number {
    return (this.#values.get(`run${step}`) ?? 0) % lanes.length
  }

  cancel(step: number, count: number): number {
    return (this.#values.get(`cancel${step}`) ?? 0) % (count + 1)
  }

  settle(step: number): boolean {
    return (this.#values.get(`settle${step}`) ?? 0) % 2 === 1
  }

  draw(index: number, max: number): number {
    return (this.#values.get(`draw${index}`) ?? 0) % max
  }
}

import type { ReadyItems, Runnable } from '@asyncio-ts/core/primitives'

/** Stands for everything that is ready and belongs to no task. */
export const CALLBACKS = { toString: () => 'callbacks' }

/** What decides in which order things run. */
export interface LaneChooser {
  /** Called before each step, with nothing of it decided yet. */
  beforeStep(): void
  /** Whether async functions go on now, in the middle of a turn. */
  settle(): boolean
  /** Chooses one of several lanes. */
  pick(lanes: readonly object[]): number
  /** Told what runs, and in which lane. */
  onRun(item: Runnable, lane: object): void
}

/** What runs in the rest of a turn that was interrupted. */
const NOTHING: Runnable = { run: () => undefined }

/**
 * What is ready, in lanes: one for each task, and one for all callbacks.
 *
 * Lanes run in any order; within one, what came first runs first. Callbacks are promised to run in the order in which
 * they were scheduled, and a task's own wake-ups are its own order of events: to swap those would report bugs that no
 * program can have.
 *
 * A turn runs as many items as were ready when it began, as the loop's own does. It can be interrupted, to let async
 * functions go on in microtasks; what is left of it runs then.
 */
export class ReadyLanes implements ReadyItems {
  #items: Runnable[] = []
  /** Timers that came due in the middle of an interrupted turn: the next one runs them. */
  #late: Runnable[] = []
  readonly #chooser: LaneChooser
  /** How many items the turn has still to run; 0 between turns. */
  #left = 0
  #isInterrupted = false

  constructor(chooser: LaneChooser) {
    this.#chooser = chooser
  }

  get size(): number {
    return this.#left > 0 ? this.#left : this.#items.length
  }

  /** Called before a turn, or the rest of one. */
  beginTurn(): void {
    this.#isInterrupted = false
  }

  push(item: Runnable): void {
    if (this.#left > 0 && '_when' in item) this.#late.push(item)
    else this.#items.push(item)
  }

  shift(): Runnable {
    if (this.#isInterrupted) return NOTHING
    if (this.#left === 0) this.#left = this.#items.length
    else if (this.#chooser.settle()) {
      this.#isInterrupted = true
      return NOTHING
    }
    this.#chooser.beforeStep()
    const item = this.#take()
    if (--this.#left === 0) this.#items.push(...this.#late.splice(0))
    this.#chooser.onRun(item, laneOf(item))
    return item
  }

  #take(): Runnable {
    const items = this.#items
    let index = 0
    if (items.length > 1) {
      const lanes: object[] = []
      const indexes: number[] = []
      for (let i = 0; i < items.length; i++) {
        const lane = laneOf(items[i]!)
        if (lanes.includes(lane)) continue
        lanes.push(lane)
        indexes.push(i)
      }
      if (lanes.length > 1) index = indexes[this.#chooser.pick(lanes)]!
    }
    const item = items[index]!
    items.splice(index, 1)
    return item
  }

  clear(): void {
    this.#items = []
    this.#late = []
    this.#left = 0
  }
}

/** A task itself, or the task on whose behalf an async function's await is answered. */
function laneOf(item: Runnable): object {
  if ('_mustCancel' in item) return item
  return (item as { _task?: object | null })._task ?? CALLBACKS
}

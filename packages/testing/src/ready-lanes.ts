import type { ReadyItems, Runnable } from '@asyncio-ts/core/primitives'

/** Stands for everything that is ready and belongs to no task. */
export const CALLBACKS = { toString: () => 'callbacks' }

/** Chooses one of several lanes. */
export type PickLane = (lanes: readonly object[]) => number

/**
 * What is ready, in lanes: one for each task, and one for all callbacks.
 *
 * Lanes run in any order; within one, what came first runs first. Callbacks are promised to run in the order in which
 * they were scheduled, and a task's own wake-ups are its own order of events: to swap those would report bugs that no
 * program can have.
 */
export class ReadyLanes implements ReadyItems {
  #items: Runnable[] = []
  readonly #pick: PickLane
  /** Told what runs, and in which lane. */
  onRun: ((item: Runnable, lane: object) => void) | null = null

  constructor(pick: PickLane) {
    this.#pick = pick
  }

  /** One item a turn: the next choice is made when everything that the item set off has settled. */
  get size(): number {
    return this.#items.length > 0 ? 1 : 0
  }

  push(item: Runnable): void {
    this.#items.push(item)
  }

  shift(): Runnable {
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
      if (lanes.length > 1) index = indexes[this.#pick(lanes)]!
    }
    const item = items[index]!
    items.splice(index, 1)
    this.onRun?.(item, laneOf(item))
    return item
  }

  clear(): void {
    this.#items = []
  }
}

/** A task itself, or the task on whose behalf an async function's await is answered. */
function laneOf(item: Runnable): object {
  if ('_mustCancel' in item) return item
  return (item as { _task?: object | null })._task ?? CALLBACKS
}

import type { Clock } from '../contract/clock.ts'
import type { ReadyItems, Runnable } from '../contract/kernel.ts'
import { ReadyQueue } from './ready-queue.ts'
import { runtime } from '../runtime.ts'
import { TimerHeap } from './timer-heap.ts'

/** Receives what ran together and how many seconds it took; debug mode only. */
export type RunObserver = (items: readonly Runnable[], seconds: number) => void

/** What is ready, what is due when, and the turn that runs it. */
export class Scheduler {
  readonly ready: ReadyItems
  readonly timers = new TimerHeap()
  readonly clock: Clock
  observer: RunObserver | null = null
  /** What the last turn resumed in microtasks, and when that turn ended in milliseconds: debug mode only. */
  #resumed: Runnable[] = []
  #turnEndMs = 0

  constructor(clock: Clock, ready: ReadyItems = new ReadyQueue()) {
    this.clock = clock
    this.ready = ready
  }

  /**
   * Runs what was ready when the turn began and the timers due at `now`, in this order; what they queue stays for the
   * next turn.
   *
   * @returns how many items ran
   */
  turn(now: number): number {
    const { ready, timers } = this
    for (let timer = timers.popDue(now); timer !== undefined; timer = timers.popDue(now)) ready.push(timer)
    const count = ready.size
    if (this.observer !== null) this.#turnObserved(count, this.observer)
    else for (let left = count; left > 0; left--) ready.shift().run()
    return count
  }

  #turnObserved(count: number, observer: RunObserver): void {
    this.#resumed = []
    let microtasks = runtime.microtasks
    for (let left = count; left > 0; left--) {
      const item = this.ready.shift()
      runtime.microtasks = false
      const start = performance.now()
      item.run()
      observer([item], (performance.now() - start) / 1000)
      if (!runtime.microtasks) continue
      microtasks = true
      this.#resumed.push(item)
    }
    runtime.microtasks = microtasks
    this.#turnEndMs = performance.now()
  }

  /** Tells the observer how long the async functions that the last turn resumed have run, in microtasks, since. */
  observeMicrotasks(): void {
    if (this.observer === null || this.#resumed.length === 0) return
    this.observer(this.#resumed, (performance.now() - this.#turnEndMs) / 1000)
    this.#resumed = []
  }

  /** Tells whether a turn at `now` would run anything. */
  hasWork(now: number): boolean {
    return this.ready.size > 0 || this.timers.nextWhen() <= now
  }

  /** The seconds until a turn has something to do; `null` when nothing is scheduled. */
  nextTimeout(): number | null {
    if (this.ready.size > 0) return 0
    const when = this.timers.nextWhen()
    return this.timers.live === 0 ? null : Math.max(0, when - this.clock.now())
  }

  clear(): void {
    this.ready.clear()
    this.timers.clear()
  }
}

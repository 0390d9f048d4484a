import type { FutureState, KernelLoop } from './contract/kernel.ts'
import { RuntimeError } from './errors.ts'
import { Future } from './future.ts'
import { getRunningLoop } from './running-loop.ts'

/** One place in a {@link WaiterQueue}: a future, and a link of the queue. */
export class Waiter extends Future<void> {
  declare _before: Waiter | null
  declare _after: Waiter | null
  declare _queue: WaiterQueue | null

  constructor(queue: WaiterQueue, loop: KernelLoop, before: Waiter | null) {
    super(loop._own)
    this._before = before
    this._after = null
    this._queue = queue
  }

  override _settle(state: Exclude<FutureState, 0>, value: unknown): void {
    if (state !== 1 && this._queue !== null) this._queue.live--
    super._settle(state, value)
  }
}

/**
 * Those who wait for a primitive, first come first served. For authors of primitives.
 *
 * Leaving the middle of the queue takes constant time, however many wait.
 */
export class WaiterQueue {
  // Invariant W1: every waiter before `#pending` is done, so that waking the next one skips none twice.
  /** The number of waiters that have not failed. A waiter that was woken counts until it has left. */
  live = 0
  #first: Waiter | null = null
  #last: Waiter | null = null
  #pending: Waiter | null = null
  /** The primitive that the waiters wait for. */
  owner: object | null = null
  #loop: KernelLoop | null = null
  readonly #bound: WaiterQueue

  /** @param other - a queue of the same primitive, which has to belong to the same loop */
  constructor(other?: WaiterQueue) {
    this.#bound = other === undefined ? this : other.#bound
  }

  /** Whoever came first and has not left, woken or not. */
  get first(): Waiter | null {
    return this.#first
  }

  /**
   * Appends a waiter. Whoever appends it takes it out again, with {@link remove} or {@link abandon}.
   *
   * @param owner - the primitive, for the message
   * @throws {@link RuntimeError} when an earlier waiter belongs to another loop
   */
  add(owner: object): Waiter {
    const waiter = new Waiter(this, this.#loopOf(owner), this.#last)
    this.owner = owner
    if (this.#last === null) this.#first = waiter
    else this.#last._after = waiter
    this.#last = waiter
    this.#pending ??= waiter
    this.live++
    return waiter
  }

  /** Takes out a waiter. One that has left already is left alone. */
  remove(waiter: Waiter): void {
    if (waiter._queue !== this) return
    const { _before: before, _after: after } = waiter
    if (before === null) this.#first = after
    else before._after = after
    if (after === null) this.#last = before
    else after._before = before
    if (this.#pending === waiter) this.#pending = after
    waiter._queue = null
    if (waiter._state < 2) this.live--
  }

  /**
   * Takes out a waiter whose wait has ended early: cancelled, out of time, or closed.
   *
   * @returns whether it had been woken, so that the wake-up has to be passed on
   */
  abandon(waiter: Waiter): boolean {
    waiter.cancel()
    this.remove(waiter)
    return waiter._state === 1
  }

  /** Wakes the first waiter that is not done, and returns whether there was one. */
  wakeNext(): boolean {
    let waiter = this.#pending
    while (waiter !== null && waiter._state !== 0) waiter = waiter._after
    this.#pending = waiter
    if (waiter === null) return false
    waiter._settle(1, undefined)
    return true
  }

  /** Wakes the next waiter and takes it out at once, with those before it. */
  releaseNext(): boolean {
    for (let waiter = this.#first; waiter !== null; waiter = this.#first) {
      this.remove(waiter)
      if (waiter._state !== 0) continue
      waiter._settle(1, undefined)
      return true
    }
    return false
  }

  wakeAll(): void {
    while (this.wakeNext());
  }

  #loopOf(owner: object): KernelLoop {
    const loop = getRunningLoop()
    const bound = this.#bound
    bound.#loop ??= loop
    if (bound.#loop !== loop) {
      throw new RuntimeError(`${String(owner)} is bound to a different event loop: make one for each loop.`)
    }
    return loop
  }
}

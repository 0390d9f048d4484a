import type { FutureState, KernelLoop } from '../contract/kernel.ts'
import { RuntimeError } from '../errors/errors.ts'
import { getRunningLoop } from '../running-loop.ts'
import { WaitingFuture } from './waiting-future.ts'

/**
 * One place in a {@link WaiterQueue}: a future, the wait for it, and a link of the queue.
 *
 * A subclass says what the wait returns, and who has to be told when it is given up.
 */
export class Waiter<R = void> extends WaitingFuture<void, R> {
  declare _before: Waiter<unknown> | null
  declare _after: Waiter<unknown> | null
  declare _queue: WaiterQueue | null

  /**
   * Joins the queue at its end. Each waiter leaves it again, by {@link WaiterQueue.remove} or
   * {@link WaiterQueue.abandon}.
   *
   * @param owner - the primitive, for the message
   * @throws {@link RuntimeError} when an earlier waiter belongs to another loop
   */
  constructor(queue: WaiterQueue, owner: object) {
    super(queue._loopOf(owner)._own)
    this._queue = queue
    this._before = null
    this._after = null
    queue._append(this as Waiter<unknown>)
  }

  protected override arrived(): R {
    this._queue?.remove(this as Waiter<unknown>)
    return undefined as R
  }

  protected override left(): void {
    this._queue?.abandon(this as Waiter<unknown>)
  }

  override _settle(state: Exclude<FutureState, 0>, value: unknown): void {
    if (state !== 1 && this._queue !== null) this._queue._lost()
    super._settle(state, value)
  }
}

/**
 * The tasks that wait for a primitive, first come, first served. For authors of primitives.
 *
 * Leaving the middle of the queue takes constant time, however many wait.
 */
export class WaiterQueue {
  // Invariant WAITERS-1: every waiter before `#pending` is done, so that waking the next one skips none twice.
  #live = 0
  #first: Waiter<unknown> | null = null
  #last: Waiter<unknown> | null = null
  #pending: Waiter<unknown> | null = null
  /** The primitive that the waiters wait for. */
  owner: object | null = null
  /** The loop that the primitive is bound to. */
  #loop: KernelLoop | null = null
  /** The loop of the waiters in this queue. */
  #served: KernelLoop | null = null
  readonly #bound: WaiterQueue

  /** @param other - a queue of the same primitive, which has to belong to the same loop */
  constructor(other?: WaiterQueue) {
    this.#bound = other === undefined ? this : other.#bound
  }

  /** The number of waiters that have not failed. A waiter that was woken counts until it has left. */
  get live(): number {
    if (this.#live > 0) this.#dropOfClosed()
    return this.#live
  }

  /** The first waiter that has not left, woken or not. */
  get first(): Waiter<unknown> | null {
    if (this.#first !== null) this.#dropOfClosed()
    return this.#first
  }

  /** A waiter has failed. */
  _lost(): void {
    this.#live--
  }

  /**
   * Forgets the waiters of a loop that is closed: nothing will run them again, and a primitive of a module serves one
   * loop after the other.
   */
  #dropOfClosed(): void {
    if (this.#served?.isClosed() !== true) return
    for (let waiter = this.#first; waiter !== null; waiter = waiter._after) waiter._queue = null
    this.#first = this.#last = this.#pending = null
    this.#live = 0
  }

  /** Appends a plain waiter. */
  add(owner: object): Waiter {
    return new Waiter(this, owner)
  }

  _append(waiter: Waiter<unknown>): void {
    waiter._before = this.#last
    if (this.#last === null) this.#first = waiter
    else this.#last._after = waiter
    this.#last = waiter
    this.#pending ??= waiter
    this.#live++
  }

  /** Removes a waiter. Does nothing if it has already left. */
  remove(waiter: Waiter<unknown>): void {
    if (waiter._queue !== this) return
    const { _before: before, _after: after } = waiter
    if (before === null) this.#first = after
    else before._after = after
    if (after === null) this.#last = before
    else after._before = before
    if (this.#pending === waiter) this.#pending = after
    waiter._queue = null
    if (waiter._state < 2) this.#live--
  }

  /**
   * Removes a waiter whose wait ended early: cancelled, out of time, or closed.
   *
   * @returns whether it had been woken; then the caller must pass the wake-up on
   */
  abandon(waiter: Waiter<unknown>): boolean {
    waiter.cancel()
    this.remove(waiter)
    return waiter._state === 1
  }

  /** Wakes the first waiter that is not done, and returns whether there was one. */
  wakeNext(): boolean {
    if (this.#first !== null) this.#dropOfClosed()
    let waiter = this.#pending
    while (waiter !== null && waiter._state !== 0) waiter = waiter._after
    this.#pending = waiter
    if (waiter === null) return false
    waiter._settle(1, undefined)
    return true
  }

  /** Wakes the next waiter and removes it at once, with those before it. */
  releaseNext(): boolean {
    if (this.#first !== null) this.#dropOfClosed()
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

  _loopOf(owner: object): KernelLoop {
    this.owner = owner
    const loop = getRunningLoop()
    const bound = this.#bound
    this.#dropOfClosed()
    if (bound.#loop === null || bound.#loop.isClosed()) bound.#loop = loop
    if (bound.#loop !== loop) {
      throw new RuntimeError(`${String(owner)} is bound to a different event loop: make one for each loop.`)
    }
    this.#served = loop
    return loop
  }
}

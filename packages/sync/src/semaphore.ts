import { InertCoroutine, reprOf, ValueError, WaiterQueue, waitWithin } from '@asyncio-ts/core'
import type { Body, Coroutine, CoroutineObject, WaitLimits } from '@asyncio-ts/core'
import { Guard } from './guard.ts'
import { INSPECT, stateOf } from './inspect.ts'
import { withLock } from './lock.ts'

/**
 * Lets a number of tasks in at a time; the others wait in the order in which they came.
 *
 * A slot that is released while somebody waits is theirs at once: nobody can overtake.
 *
 * @example
 * import { Semaphore } from '@asyncio-ts/sync'
 *
 * const limit = new Semaphore(2)
 * await Promise.all([1, 2, 3].map((n) => limit.with(async () => console.log(n))))
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore
 */
export class Semaphore {
  // Invariant S1: a free slot with live waiters exists only until the waiter it was given to has taken it.
  _value: number
  readonly #waiters = new WaiterQueue()

  /**
   * @param value - how many may enter
   * @throws ValueError when it is not a whole number of at least 0
   */
  constructor(value = 1) {
    if (typeof value !== 'number') throw new TypeError(`Semaphore takes a number, got ${reprOf(value)}.`)
    if (!(Number.isInteger(value) && value >= 0)) {
      throw new ValueError(`Semaphore initial value must be a whole number >= 0, got ${value}.`)
    }
    this._value = value
  }

  /** Whether {@link acquire} would wait: no slot is free, or somebody else is before. */
  locked(): boolean {
    return this._value === 0 || this.#waiters.live > 0
  }

  /**
   * Waits for a free slot, and takes it.
   *
   * @param limits - limits of the wait, never of the hold (extension)
   * @returns a guard: `using guard = await semaphore.acquire()` gives the slot back at the end of the block
   * @throws TimeoutError when the limit of the wait was exceeded
   * @throws RuntimeError when the semaphore belongs to another loop
   *
   * **Cancellation** The caller leaves the queue. A slot it had been given already goes to the next waiter.
   * **Differences from CPython** None besides the guard and the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.acquire
   */
  acquire(limits?: WaitLimits): CoroutineObject<Guard> {
    return new Acquire(this, limits)
  }

  /** Gives a slot back, to whoever waits first. */
  release(): void {
    this._value++
    this.#wakeNext()
  }

  /** Runs a body in a slot, as `async with semaphore:`. */
  with<T>(body: Body<[], T>): CoroutineObject<T> {
    return withLock(this, body) as CoroutineObject<T>
  }

  _tryAcquire(): Guard | null {
    if (this.locked()) return null
    this._value--
    return new Guard(this)
  }

  *_wait(limits: WaitLimits | undefined): Coroutine<Guard> {
    const waiter = this.#waiters.add(this)
    try {
      yield* waitWithin(waiter, limits)
    } catch (error) {
      this.#waiters.remove(waiter)
      if (!waiter.cancelled()) this._value++
      this.#wakeAllowed()
      throw error
    }
    this.#waiters.remove(waiter)
    this.#wakeAllowed()
    return new Guard(this)
  }

  #wakeNext(): boolean {
    if (!this.#waiters.wakeNext()) return false
    this._value--
    return true
  }

  /** Those who came while slots were being handed over had to queue, though there was room. */
  #wakeAllowed(): void {
    while (this._value > 0 && this.#wakeNext());
  }

  toString(): string {
    return stateOf(this.constructor.name, this.locked(), this.locked() ? [] : [`value:${this._value}`], this.#waiters)
  }

  [INSPECT](): string {
    return this.toString()
  }
}

/**
 * A semaphore that refuses to be released more often than it was acquired.
 *
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.BoundedSemaphore
 */
export class BoundedSemaphore extends Semaphore {
  readonly #bound: number

  constructor(value = 1) {
    super(value)
    this.#bound = value
  }

  /** @throws ValueError when there is nothing to give back */
  override release(): void {
    if (this._value >= this.#bound) {
      throw new ValueError('BoundedSemaphore released too many times: release it once for each acquire.')
    }
    super.release()
  }
}

class Acquire extends InertCoroutine<Guard> {
  readonly #semaphore: Semaphore
  readonly #limits: WaitLimits | undefined

  constructor(semaphore: Semaphore, limits: WaitLimits | undefined) {
    super()
    this.#semaphore = semaphore
    this.#limits = limits
  }

  override get _name(): string {
    return 'Semaphore.acquire'
  }

  protected override begin(): Coroutine<Guard> | undefined {
    const guard = this.#semaphore._tryAcquire()
    if (guard === null) return this.#semaphore._wait(this.#limits)
    this.result = guard
    return undefined
  }
}

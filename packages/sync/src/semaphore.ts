import { ValueError } from '@asyncio-ts/core'
import { limitWait, Waiter, WaiterQueue } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, Steps } from '@asyncio-ts/core'
import type { Body, WaitLimits } from '@asyncio-ts/core/primitives'
import { Acquire } from './acquire.ts'
import { checkCount } from './check-count.ts'
import { Guard } from './guard.ts'
import { INSPECT, stateOf } from './inspect.ts'
import { withLock } from './lock.ts'
import type { Lockable } from './lock.ts'

/** What {@link Semaphore.statistics} returns. */
export interface SemaphoreStatistics {
  /** The number of free slots. */
  readonly value: number
  /** The number of tasks that wait. */
  readonly waiting: number
}

/**
 * Lets a number of tasks in at a time; the others wait in the order in which they came.
 *
 * A slot that is released while somebody waits is theirs at once: nobody can overtake.
 *
 * **Differences from CPython** `acquire` returns a guard, which is truthy, in place of `True`; `with` takes a body.
 * @example
 * import { Semaphore } from '@asyncio-ts/sync'
 *
 * const limit = new Semaphore(2)
 * await Promise.all([1, 2, 3].map((n) => limit.with(async () => console.log(n))))
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore
 */
export class Semaphore implements Lockable {
  // Invariant S1: a free slot with live waiters exists only until the waiter it was given to has taken it.
  _value: number
  readonly #waiters = new WaiterQueue()

  /**
   * @param value - how many may enter
   * @throws TypeError when it is not a number
   * @throws ValueError when it is not a whole number of at least 0
   */
  constructor(value = 1) {
    checkCount('Semaphore initial value', value, 0)
    this._value = value
  }

  /**
   * Returns whether {@link acquire} would wait: no slot is free, or somebody else is before.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.locked
   */
  locked(): boolean {
    return this._value === 0 || this.#waiters.live > 0
  }

  /**
   * Waits for a free slot, and takes it.
   *
   * @param limits - limits of the wait, never of the hold: `{ timeout, signal }` (extension)
   * @returns a guard: `using guard = await semaphore.acquire()` gives the slot back at the end of the block
   * @throws TimeoutError when the time was up first
   * @throws CancelledError when the signal aborted first, with the signal's reason as its cause
   * @throws RuntimeError when the semaphore belongs to another loop
   * @throws TypeError when the limits are not what they should be
   *
   * **Cancellation** The caller leaves the queue. A slot it had been given already goes to the next waiter.
   * **Differences from CPython** None besides the guard and the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.acquire
   */
  acquire(limits?: WaitLimits): CoroutineObject<Guard> {
    return new Acquire(this, 'Semaphore', limits)
  }

  /**
   * Gives a slot back, to whoever waits first. May be called more often than {@link acquire}: that adds slots.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.release
   */
  release(): void {
    this._value++
    this.#wakeNext()
  }

  /**
   * Runs a body in a slot, as `async with semaphore:`.
   *
   * @param body - a `function*`, an async function or a plain function; its waits are waits of the calling task
   * @returns what the body returns
   * @throws TypeError when the body is not a function
   *
   * **Cancellation** While it waits for the slot, as {@link acquire}. Inside the body the slot is given back when the
   * body has ended.
   * @extension
   */
  with<T>(body: Body<[], T>): CoroutineObject<T> {
    return withLock(this, body)
  }

  /**
   * Returns what is going on. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): SemaphoreStatistics {
    return { value: this._value, waiting: this.#waiters.live }
  }

  _tryAcquire(): Guard | null {
    if (this.locked()) return null
    this._value--
    return new Guard(this)
  }

  _wait(limits: WaitLimits | undefined): Steps<Guard> {
    const wait = new SlotWait(this.#waiters, this)
    return limits === undefined ? wait : limitWait<Guard>(wait, limits)
  }

  _acquired(waiter: SlotWait): Guard {
    this.#waiters.remove(waiter)
    this.#wakeAllowed()
    return new Guard(this)
  }

  _gaveUp(waiter: SlotWait): void {
    if (this.#waiters.abandon(waiter)) this._value++
    this.#wakeAllowed()
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

  /** Appears as in CPython, without the address. */
  toString(): string {
    return stateOf(this.constructor.name, this.locked(), this.locked() ? [] : [`value:${this._value}`], this.#waiters)
  }

  [INSPECT](): string {
    return this.toString()
  }
}

class SlotWait extends Waiter<Guard> {
  declare private readonly _semaphore: Semaphore

  constructor(waiters: WaiterQueue, semaphore: Semaphore) {
    super(waiters, semaphore)
    this._semaphore = semaphore
  }

  protected override arrived(): Guard {
    return this._semaphore._acquired(this)
  }

  protected override left(): void {
    this._semaphore._gaveUp(this)
  }
}

/**
 * A semaphore that refuses to be released more often than it was acquired.
 *
 * @example
 * import { BoundedSemaphore } from '@asyncio-ts/sync'
 *
 * const slots = new BoundedSemaphore(2)
 * using _ = await slots.acquire()
 * console.log(String(slots))
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

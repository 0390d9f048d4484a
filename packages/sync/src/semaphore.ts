import { ValueError } from '@asyncio-ts/core'
import { Inspectable } from '@asyncio-ts/core/primitives'
import type { CoroutineObject } from '@asyncio-ts/core'
import type { Body, WaitLimits } from '@asyncio-ts/core/primitives'
import { Acquire } from './acquire.ts'
import { checkCount } from './check-count.ts'
import type { Guard } from './guard.ts'
import { stateOf } from './state-of.ts'
import type { Lockable } from './lockable.ts'
import { Slots } from './slots.ts'
import { withLock } from './with-lock.ts'

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
 * @remarks
 * **Differences from CPython** `acquire` returns a guard, which is truthy, in place of `True`; `with` takes a body.
 * @example
 * import { Semaphore } from '@asyncio-ts/sync'
 *
 * const limit = new Semaphore(2)
 * await Promise.all([1, 2, 3].map((n) => limit.with(async () => console.log(n))))
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore
 */
export class Semaphore extends Inspectable implements Lockable {
  static readonly #with = /* @__PURE__ */ withLock('Semaphore.with')
  readonly #slots: Slots

  /**
   * @param value - how many may enter
   * @throws TypeError when it is not a number
   * @throws ValueError when it is not a whole number of at least 0
   */
  constructor(value = 1) {
    checkCount('Semaphore initial value', value, 0)
    super()
    this.#slots = new Slots(this, value)
  }

  /** The number of free slots. */
  protected get value(): number {
    return this.#slots.free
  }

  /**
   * Returns whether {@link acquire} would wait: no slot is free, or somebody else is before.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.locked
   */
  locked(): boolean {
    return this.#slots.areTaken
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
   * @remarks
   * **Cancellation** The caller leaves the queue. A slot it had been given already goes to the next waiter.
   * **Differences from CPython** None besides the guard and the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.acquire
   */
  acquire(limits?: WaitLimits): CoroutineObject<Guard> {
    return new Acquire(this.#slots, 'Semaphore.acquire', limits)
  }

  /**
   * Gives a slot back, to whoever waits first. May be called more often than {@link acquire}: that adds slots.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore.release
   */
  release(): void {
    this.#slots.release()
  }

  /**
   * Runs a body in a slot, as `async with semaphore:`.
   *
   * @param body - a `function*`, an async function or a plain function; its waits are waits of the calling task
   * @returns what the body returns
   * @throws TypeError when the body is not a function
   *
   * @remarks
   * **Cancellation** While it waits for the slot, as {@link acquire}. Inside the body the slot is given back when the
   * body has ended.
   * @extension
   */
  with<T>(body: Body<[], T>): CoroutineObject<T> {
    return Semaphore.#with(this, body)
  }

  /**
   * Returns what is going on. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): SemaphoreStatistics {
    return { value: this.#slots.free, waiting: this.#slots.waiters.live }
  }

  /** Appears as in CPython, without the address. */
  override toString(): string {
    const more = this.locked() ? [] : [`value:${this.#slots.free}`]
    return stateOf(this.constructor.name, this.locked(), more, this.#slots.waiters)
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
    if (this.value >= this.#bound) {
      throw new ValueError('BoundedSemaphore released too many times. Call release() once for each acquire().')
    }
    super.release()
  }
}

import { checkLimits, InertCoroutine, refuseAborted, WaiterQueue, waitWithin } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import { INSPECT } from './inspect.ts'

/** What {@link Event.statistics} returns. */
export interface EventStatistics {
  readonly isSet: boolean
  /** The number of tasks that wait. */
  readonly waiting: number
}

/**
 * Tells any number of tasks that something has happened.
 *
 * Whoever waits when the event is set goes on, even if it is cleared in the same turn.
 *
 * **Differences from CPython** None.
 * @example
 * import { Event } from '@asyncio-ts/sync'
 *
 * const ready = new Event()
 * setTimeout(() => ready.set(), 10)
 * console.log(await ready.wait())
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event
 */
export class Event {
  // Invariant E1: set ⇒ every waiter has been woken.
  #value = false
  readonly #waiters = new WaiterQueue()

  /**
   * Returns whether the event is set.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.is_set
   */
  isSet(): boolean {
    return this.#value
  }

  /**
   * Sets the event, and wakes everybody who waits, in the order in which they came.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.set
   */
  set(): void {
    if (this.#value) return
    this.#value = true
    this.#waiters.wakeAll()
  }

  /**
   * Unsets the event: from now on {@link wait} waits.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.clear
   */
  clear(): void {
    this.#value = false
  }

  /**
   * Waits until the event is set.
   *
   * @param limits - limits of the wait: `{ timeout, signal }` (extension)
   * @returns true, always
   * @throws TimeoutError when the time was up first
   * @throws CancelledError when the signal aborted first, with the signal's reason as its cause
   * @throws RuntimeError when the event belongs to another loop
   * @throws TypeError when the limits are not what they should be
   *
   * **Cancellation** The caller stops waiting; nothing else changes.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.wait
   */
  wait(limits?: WaitLimits): CoroutineObject<true> {
    return new Wait(this, limits)
  }

  /**
   * Returns what is going on. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): EventStatistics {
    return { isSet: this.#value, waiting: this.#waiters.live }
  }

  *_wait(limits: WaitLimits | undefined): Coroutine<true> {
    const waiter = this.#waiters.add(this)
    try {
      yield* waitWithin(waiter, limits)
      return true
    } finally {
      this.#waiters.remove(waiter)
    }
  }

  /** Appears as in CPython, without the address. */
  toString(): string {
    const waiters = this.#waiters.live > 0 ? `, waiters:${this.#waiters.live}` : ''
    return `<Event [${this.#value ? 'set' : 'unset'}${waiters}]>`
  }

  [INSPECT](): string {
    return this.toString()
  }
}

class Wait extends InertCoroutine<true> {
  readonly #event: Event
  readonly #limits: WaitLimits | undefined

  constructor(event: Event, limits: WaitLimits | undefined) {
    checkLimits(limits)
    super()
    this.#event = event
    this.#limits = limits
  }

  override get _name(): string {
    return 'Event.wait'
  }

  protected override begin(): Coroutine<true> | undefined {
    refuseAborted(this.#limits)
    if (!this.#event.isSet()) return this.#event._wait(this.#limits)
    this.result = true
    return undefined
  }
}

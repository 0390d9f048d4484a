import {
  checkLimits,
  InertCoroutine,
  Inspectable,
  limitWait,
  refuseAborted,
  Waiter,
  WaiterQueue,
} from '@asyncio-ts/core/primitives'
import type { CoroutineObject, Steps } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'

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
 * @remarks
 * **Differences from CPython** None.
 * @example
 * import { Event } from '@asyncio-ts/sync'
 *
 * const ready = new Event()
 * setTimeout(() => ready.set(), 10)
 * console.log(await ready.wait())
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event
 */
export class Event extends Inspectable {
  readonly #flag = new Flag(this)

  /**
   * Returns whether the event is set.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.is_set
   */
  isSet(): boolean {
    return this.#flag.isSet
  }

  /**
   * Sets the event, and wakes everybody who waits, in the order in which they came.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.set
   */
  set(): void {
    if (this.#flag.isSet) return
    this.#flag.isSet = true
    this.#flag.waiters.wakeAll()
  }

  /**
   * Unsets the event: from now on {@link wait} waits.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.clear
   */
  clear(): void {
    this.#flag.isSet = false
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
   * @remarks
   * **Cancellation** The caller stops waiting; nothing else changes.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.wait
   */
  wait(limits?: WaitLimits): CoroutineObject<true> {
    return new Wait(this.#flag, limits)
  }

  /**
   * Returns what is going on. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): EventStatistics {
    return { isSet: this.#flag.isSet, waiting: this.#flag.waiters.live }
  }

  /** Appears as in CPython, without the address. */
  override toString(): string {
    const waiters = this.#flag.waiters.live > 0 ? `, waiters:${this.#flag.waiters.live}` : ''
    return `<Event [${this.#flag.isSet ? 'set' : 'unset'}${waiters}]>`
  }
}

/** Whether an event is set, and who waits for that. */
class Flag {
  // Invariant EVENT-1: set ⇒ every waiter has been woken.
  readonly owner: Event
  readonly waiters = new WaiterQueue()
  isSet = false

  constructor(owner: Event) {
    this.owner = owner
  }
}

class Wait extends InertCoroutine<true> {
  readonly #flag: Flag
  readonly #limits: WaitLimits | undefined

  constructor(flag: Flag, limits: WaitLimits | undefined) {
    if (limits !== undefined) checkLimits(limits)
    super('Event.wait')
    this.#flag = flag
    this.#limits = limits
  }

  override get _name(): string {
    return 'Event.wait'
  }

  protected override begin(): Steps<true> | undefined {
    const limits = this.#limits
    if (limits !== undefined) refuseAborted(limits)
    if (!this.#flag.isSet) {
      const wait = new FlagWait(this.#flag.waiters, this.#flag.owner)
      return limits === undefined ? wait : limitWait<true>(wait, limits)
    }
    this.result = true
    return undefined
  }
}

class FlagWait extends Waiter<true> {
  protected override arrived(): true {
    super.arrived()
    return true
  }
}

import { InertCoroutine, WaiterQueue, waitWithin } from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject, WaitLimits } from '@asyncio-ts/core'
import { INSPECT } from './inspect.ts'

/**
 * Tells any number of tasks that something has happened.
 *
 * Whoever waits when the event is set goes on, even if it is cleared in the same turn.
 *
 * @example
 * import { Event } from '@asyncio-ts/sync'
 *
 * const ready = new Event()
 * setTimeout(() => ready.set(), 10)
 * console.log(await ready.wait())
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event
 */
export class Event {
  #value = false
  readonly #waiters = new WaiterQueue()

  isSet(): boolean {
    return this.#value
  }

  /** Sets the event, and wakes everybody who waits. */
  set(): void {
    if (this.#value) return
    this.#value = true
    this.#waiters.wakeAll()
  }

  /** Unsets the event: from now on {@link wait} waits. */
  clear(): void {
    this.#value = false
  }

  /**
   * Waits until the event is set.
   *
   * @param limits - limits of the wait (extension)
   * @returns true, always
   * @throws TimeoutError when the limit of the wait was exceeded
   * @throws RuntimeError when the event belongs to another loop
   *
   * **Cancellation** The caller stops waiting; nothing else changes.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event.wait
   */
  wait(limits?: WaitLimits): CoroutineObject<true> {
    return new Wait(this, limits)
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
    super()
    this.#event = event
    this.#limits = limits
  }

  override get _name(): string {
    return 'Event.wait'
  }

  protected override begin(): Coroutine<true> | undefined {
    if (!this.#event.isSet()) return this.#event._wait(this.#limits)
    this.result = true
    return undefined
  }
}

import { checkLimits, InertCoroutine, refuseAborted, waitWithin } from '@asyncio-ts/core'
import type { Coroutine, WaiterQueue, WaitLimits } from '@asyncio-ts/core'
import { shutDown } from './errors.ts'

/** What a {@link Transfer} needs of its queue. */
export interface Transferable<T> {
  readonly _getters: WaiterQueue
  readonly _putters: WaiterQueue
  readonly _isShutdown: boolean
  empty(): boolean
  full(): boolean
  getNowait(): T
  putNowait(item: T): void
}

/**
 * A `get` or a `put`: done at once where nothing stands in its way, and else tried again after each wake-up.
 *
 * A wake-up is a hint, as in CPython: in the turn between it and the next try somebody else may come first.
 */
abstract class Transfer<T, R> extends InertCoroutine<R> {
  protected readonly queue: Transferable<T>
  readonly #waiters: WaiterQueue
  #limits: WaitLimits | undefined

  /** @param waiters - where those wait who want the same */
  constructor(name: string, queue: Transferable<T>, waiters: WaiterQueue, limits: WaitLimits | undefined) {
    checkLimits(limits)
    super(name)
    this.queue = queue
    this.#waiters = waiters
    this.#limits = limits
  }

  protected abstract isBlocked(): boolean

  /** Does what is to be done, when it is not blocked. */
  protected abstract finish(): R

  protected override begin(): Coroutine<R> | undefined {
    refuseAborted(this.#limits)
    if (this.isBlocked()) return this.#wait()
    this.result = this.finish()
    return undefined
  }

  *#wait(): Coroutine<R> {
    const waiters = this.#waiters
    while (this.isBlocked()) {
      if (this.queue._isShutdown) throw shutDown()
      const waiter = waiters.add(this.queue)
      const since = this.#limits === undefined ? 0 : waiter._loop.time()
      let isWoken = false
      try {
        yield* waitWithin(waiter, this.#limits)
        isWoken = true
      } finally {
        if (!isWoken && waiters.abandon(waiter) && !this.isBlocked()) waiters.releaseNext()
      }
      if (this.#limits !== undefined) this.#spend(waiter._loop.time() - since)
    }
    return this.finish()
  }

  /** The limits are those of the whole, however often it is tried. */
  #spend(seconds: number): void {
    const { timeout, signal } = this.#limits!
    if (typeof timeout === 'number') this.#limits = { timeout: timeout - seconds, signal }
  }
}

/** What `get` returns. */
export class Get<T> extends Transfer<T, T> {
  constructor(queue: Transferable<T>, limits: WaitLimits | undefined) {
    super('Queue.get', queue, queue._getters, limits)
  }

  override get _name(): string {
    return 'Queue.get'
  }

  protected override isBlocked(): boolean {
    return this.queue.empty()
  }

  protected override finish(): T {
    return this.queue.getNowait()
  }
}

/** What `put` returns. */
export class Put<T> extends Transfer<T, void> {
  readonly #item: T

  constructor(queue: Transferable<T>, item: T, limits: WaitLimits | undefined) {
    super('Queue.put', queue, queue._putters, limits)
    this.#item = item
  }

  override get _name(): string {
    return 'Queue.put'
  }

  protected override isBlocked(): boolean {
    return this.queue.full()
  }

  protected override finish(): void {
    this.queue.putNowait(this.#item)
  }
}

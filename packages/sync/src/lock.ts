import { coroutine, InertCoroutine, runBody, RuntimeError, WaiterQueue, waitWithin } from '@asyncio-ts/core'
import type { Body, Coroutine, CoroutineObject, WaitLimits } from '@asyncio-ts/core'
import { Guard } from './guard.ts'
import { INSPECT, stateOf } from './inspect.ts'

/** What a {@link Guard} releases, and a Condition shares. */
export interface Lockable {
  acquire(limits?: WaitLimits): CoroutineObject<Guard>
  release(): void
  locked(): boolean
}

/**
 * Excludes tasks from each other: one at a time holds it, and those who wait get it in the order in which they came.
 *
 * A lock may be used outside of `run`, anywhere, and belongs to the first loop on which a task had to wait for it.
 *
 * **Differences from CPython** `acquire` returns a guard, which is truthy, in place of `True`; `with` takes a body.
 * @example
 * import { Lock } from '@asyncio-ts/sync'
 *
 * const lock = new Lock()
 * await lock.with(async () => {
 *   console.log('alone', lock.locked())
 * })
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock
 */
export class Lock implements Lockable {
  // Invariant L1: unlocked with live waiters ⇒ the first of them has been woken, and will lock.
  /** The guard of whoever holds the lock. */
  #holder: Guard | null = null
  readonly #waiters = new WaiterQueue()

  /** Whether somebody holds the lock. */
  locked(): boolean {
    return this.#holder !== null
  }

  /**
   * Waits until the lock is free, then holds it.
   *
   * Waiters are served in the order in which they called. A lock that is being handed over is not free.
   *
   * @param limits - limits of the wait, never of the hold (extension)
   * @returns a guard: `using guard = await lock.acquire()` releases the lock at the end of the block
   * @throws TimeoutError when the limit of the wait was exceeded
   * @throws RuntimeError when the lock belongs to another loop
   *
   * **Cancellation** The caller leaves the queue. If it had been handed the lock already, the next waiter receives it.
   * **Differences from CPython** None besides the guard and the limits.
   * @example
   * import { Lock } from '@asyncio-ts/sync'
   *
   * const lock = new Lock()
   * await lock.acquire()
   * try {
   *   console.log(lock.locked())
   * } finally {
   *   lock.release()
   * }
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock.acquire
   */
  acquire(limits?: WaitLimits): CoroutineObject<Guard> {
    return new Acquire(this, limits)
  }

  /**
   * Releases the lock and wakes whoever waits first.
   *
   * @throws RuntimeError when nobody holds it
   */
  release(): void {
    if (this.#holder === null) throw new RuntimeError('Lock is not acquired: release it once for each acquire.')
    this.#holder._released = true
    this.#holder = null
    this.#wakeFirst()
  }

  /**
   * Runs a body while holding the lock, as `async with lock:`.
   *
   * @returns what the body returns
   * @extension
   */
  with<T>(body: Body<[], T>): CoroutineObject<T> {
    return withLock(this, body) as CoroutineObject<T>
  }

  /** Takes the lock if that needs no waiting. */
  _tryAcquire(): Guard | null {
    return this.#holder === null && this.#waiters.live === 0 ? (this.#holder = new Guard(this)) : null
  }

  *_wait(limits: WaitLimits | undefined): Coroutine<Guard> {
    const waiter = this.#waiters.add(this)
    try {
      yield* waitWithin(waiter, limits)
    } catch (error) {
      this.#waiters.remove(waiter)
      if (this.#holder === null) this.#wakeFirst()
      throw error
    }
    this.#waiters.remove(waiter)
    return (this.#holder = new Guard(this))
  }

  /** Whose hold it is, for a Condition that gives the lock up for a while. */
  get _holder(): Guard | null {
    return this.#holder
  }

  /** Makes the current hold, taken anew, the continuation of an earlier one. */
  _resume(guard: Guard): void {
    this.#holder = guard
    guard._released = false
  }

  /** Only ever the first: when it was cancelled, it passes the wake-up on once it has unwound. */
  #wakeFirst(): void {
    const { first } = this.#waiters
    if (first !== null && !first.done()) this.#waiters.wakeNext()
  }

  toString(): string {
    return stateOf('Lock', this.locked(), [], this.#waiters)
  }

  [INSPECT](): string {
    return this.toString()
  }
}

class Acquire extends InertCoroutine<Guard> {
  readonly #lock: Lock
  readonly #limits: WaitLimits | undefined

  constructor(lock: Lock, limits: WaitLimits | undefined) {
    super()
    this.#lock = lock
    this.#limits = limits
  }

  override get _name(): string {
    return 'Lock.acquire'
  }

  protected override begin(): Coroutine<Guard> | undefined {
    const guard = this.#lock._tryAcquire()
    if (guard === null) return this.#lock._wait(this.#limits)
    this.result = guard
    return undefined
  }
}

/** The body of every `with`. */
export const withLock = coroutine(function* <T>(lock: Lockable, body: Body<[], T>): Coroutine<T> {
  const guard = yield* lock.acquire()
  try {
    return yield* runBody(body)
  } finally {
    guard.release()
  }
})

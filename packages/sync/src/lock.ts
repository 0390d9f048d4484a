import { coroutine, RuntimeError } from '@asyncio-ts/core'
import { limitWait, reprOf, runBody, Waiter, WaiterQueue } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, Steps } from '@asyncio-ts/core'
import type { Body, WaitLimits } from '@asyncio-ts/core/primitives'
import { Acquire } from './acquire.ts'
import { Guard } from './guard.ts'
import { INSPECT, stateOf } from './inspect.ts'

/** What a Condition can share: a Lock, a Semaphore, another Condition. */
export interface Lockable {
  acquire(limits?: WaitLimits): CoroutineObject<Guard>
  release(): void
  locked(): boolean
}

/** What {@link Lock.statistics} returns. */
export interface LockStatistics {
  readonly locked: boolean
  /** The number of tasks that wait. */
  readonly waiting: number
}

/**
 * Excludes tasks from each other: one at a time holds it, and those who wait get it in the order in which they came.
 *
 * A lock may be used outside of `run`, anywhere, and belongs to the first loop on which a task had to wait for it. It
 * has no owner: another task than the one that acquired it may release it, and acquiring it twice waits for ever.
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

  /**
   * Returns whether somebody holds the lock. While it is handed over, nobody does.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock.locked
   */
  locked(): boolean {
    return this.#holder !== null
  }

  /**
   * Waits until the lock is free, then holds it.
   *
   * Waiters are served in the order in which they called. A lock that is being handed over is not free.
   *
   * @param limits - limits of the wait, never of the hold: `{ timeout, signal }` (extension)
   * @returns a guard: `using guard = await lock.acquire()` releases the lock at the end of the block
   * @throws TimeoutError when the time was up first
   * @throws CancelledError when the signal aborted first, with the signal's reason as its cause
   * @throws RuntimeError when the lock belongs to another loop
   * @throws TypeError when the limits are not what they should be
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
    return new Acquire(this, 'Lock', limits)
  }

  /**
   * Releases the lock and wakes whoever waits first.
   *
   * @throws RuntimeError when nobody holds it
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock.release
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
   * @param body - a `function*`, an async function or a plain function; its waits are waits of the calling task
   * @returns what the body returns
   * @throws TypeError when the body is not a function
   *
   * **Cancellation** While it waits for the lock, as {@link acquire}. Inside the body, the lock is released when the
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
  statistics(): LockStatistics {
    return { locked: this.locked(), waiting: this.#waiters.live }
  }

  _tryAcquire(): Guard | null {
    return this.#holder === null && this.#waiters.live === 0 ? (this.#holder = new Guard(this)) : null
  }

  _wait(limits: WaitLimits | undefined): Steps<Guard> {
    const wait = new LockWait(this.#waiters, this)
    return limits === undefined ? wait : limitWait<Guard>(wait, limits)
  }

  _acquired(waiter: LockWait): Guard {
    this.#holder = new Guard(this)
    this.#waiters.remove(waiter)
    return this.#holder
  }

  _gaveUp(waiter: LockWait): void {
    this.#waiters.abandon(waiter)
    if (this.#holder === null) this.#wakeFirst()
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

  /** Appears as in CPython, without the address. */
  toString(): string {
    return stateOf('Lock', this.locked(), [], this.#waiters)
  }

  [INSPECT](): string {
    return this.toString()
  }
}

class LockWait extends Waiter<Guard> {
  declare private readonly _lock: Lock

  constructor(waiters: WaiterQueue, lock: Lock) {
    super(waiters, lock)
    this._lock = lock
  }

  protected override arrived(): Guard {
    return this._lock._acquired(this)
  }

  protected override left(): void {
    this._lock._gaveUp(this)
  }
}

/** What every `with` does. */
export function withLock<T>(lock: Lockable, body: Body<[], T>): CoroutineObject<T> {
  if (typeof body !== 'function') throw new TypeError(`with() takes a function, got ${reprOf(body)}.`)
  return hold(lock, body) as CoroutineObject<T>
}

const hold = coroutine(function* hold<T>(lock: Lockable, body: Body<[], T>): Coroutine<T> {
  const guard = yield* lock.acquire()
  try {
    return yield* runBody(body)
  } finally {
    guard.release()
  }
})

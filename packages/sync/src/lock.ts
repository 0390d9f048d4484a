import { Inspectable } from '@asyncio-ts/core/primitives'
import type { CoroutineObject } from '@asyncio-ts/core'
import type { Body, WaitLimits } from '@asyncio-ts/core/primitives'
import { Acquire } from './acquire.ts'
import type { Guard } from './guard.ts'
import { stateOf } from './state-of.ts'
import { LockState, STATE } from './lock-state.ts'
import type { Lockable } from './lockable.ts'
import { withLock } from './with-lock.ts'

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
 * @remarks
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
export class Lock extends Inspectable implements Lockable {
  static readonly #with = /* @__PURE__ */ withLock('Lock.with')
  readonly #state = new LockState(this)

  /**
   * Returns whether somebody holds the lock. While it is handed over, nobody does.
   *
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock.locked
   */
  locked(): boolean {
    return this.#state.holder !== null
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
   * @remarks
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
    return new Acquire(this.#state, 'Lock.acquire', limits)
  }

  /**
   * Releases the lock and wakes whoever waits first.
   *
   * @throws RuntimeError when nobody holds it
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock.release
   */
  release(): void {
    this.#state.release()
  }

  /**
   * Runs a body while holding the lock, as `async with lock:`.
   *
   * @param body - a `function*`, an async function or a plain function; its waits are waits of the calling task
   * @returns what the body returns
   * @throws TypeError when the body is not a function
   *
   * @remarks
   * **Cancellation** While it waits for the lock, as {@link acquire}. Inside the body, the lock is released when the
   * body has ended.
   * @extension
   */
  with<T>(body: Body<[], T>): CoroutineObject<T> {
    return Lock.#with(this, body)
  }

  /**
   * Returns what is going on. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): LockStatistics {
    return { locked: this.locked(), waiting: this.#state.waiters.live }
  }

  /** @internal */
  get [STATE](): LockState {
    return this.#state
  }

  /** Appears as in CPython, without the address. */
  override toString(): string {
    return stateOf('Lock', this.locked(), [], this.#state.waiters)
  }
}

import { coroutine, isCancelled, RuntimeError } from '@asyncio-ts/core'
import { checkLimits, Inspectable, reprOf, WaiterQueue, waitWithin } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import type { Body, WaitLimits } from '@asyncio-ts/core/primitives'
import { checkCount } from './check-count.ts'
import type { Guard } from './guard.ts'
import { stateOf } from './state-of.ts'
import { Lock } from './lock.ts'
import type { LockStatistics } from './lock.ts'
import { STATE } from './lock-state.ts'
import type { LockState } from './lock-state.ts'
import type { Lockable } from './lockable.ts'
import { withLock } from './with-lock.ts'

/**
 * Lets tasks wait, while they hold a lock, for others to tell them that something under the lock has changed.
 *
 * A wake-up is a hint: it may come without a change, so wait for a predicate.
 *
 * @remarks
 * **Differences from CPython** `acquire` returns a guard, which is truthy, in place of `True`; `with` takes a body.
 * @example
 * import { Condition } from '@asyncio-ts/sync'
 *
 * const condition = new Condition()
 * let ready = false
 * setTimeout(async () => {
 *   using _ = await condition.acquire()
 *   ready = true
 *   condition.notify()
 * }, 10)
 * await condition.with(async () => {
 *   console.log(await condition.waitFor(() => ready))
 * })
 * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Condition
 */
export class Condition extends Inspectable implements Lockable {
  // Invariant CONDITION-1: whoever returns or throws from wait() holds the lock.
  static readonly #with = /* @__PURE__ */ withLock('Condition.with')
  readonly #lock: Lockable
  readonly #waiters = new WaiterQueue()

  /**
   * @param lock - a lock to share; one of its own when absent
   * @throws TypeError when it is not a lock
   */
  constructor(lock?: Lockable) {
    if (lock !== undefined && typeof (lock as Partial<Lockable> | null)?.acquire !== 'function') {
      throw new TypeError(`Condition takes a lock, got ${reprOf(lock)}.`)
    }
    super()
    this.#lock = lock instanceof Condition ? lock.#lock : (lock ?? new Lock())
  }

  /** Returns whether somebody holds the lock. */
  locked(): boolean {
    return this.#lock.locked()
  }

  /** Waits for the lock, and holds it: see {@link Lock.acquire}. */
  acquire(limits?: WaitLimits): CoroutineObject<Guard> {
    return this.#lock.acquire(limits)
  }

  /** Releases the lock: see {@link Lock.release}. */
  release(): void {
    this.#lock.release()
  }

  /**
   * Runs a body while holding the lock, as `async with condition:`. See {@link Lock.with}.
   *
   * @extension
   */
  with<T>(body: Body<[], T>): CoroutineObject<T> {
    return Condition.#with(this, body)
  }

  /**
   * Releases the lock, waits until notified, and takes the lock again.
   *
   * The guard of the hold that is interrupted stays valid, and releases the lock afterwards.
   *
   * @param limits - limits of the wait for the notification; the lock is waited for in any case (extension)
   * @returns true, always
   * @throws RuntimeError when the lock is not held, or belongs to another loop
   * @throws TimeoutError when the time was up first
   * @throws CancelledError when the signal aborted first, with the signal's reason as its cause
   *
   * @remarks
   * **Cancellation** The lock is taken again first, however often the task is cancelled meanwhile; the last
   * CancelledError goes on. Another waiter is notified in place of the caller, whom a notification may have reached.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Condition.wait
   */
  wait(limits?: WaitLimits): CoroutineObject<true> {
    checkLimits(limits)
    return Condition.#wait.call(this, limits)
  }

  /**
   * Waits until a predicate holds.
   *
   * @param predicate - called with the lock held, at once and after each notification; must not wait itself
   * @returns what the predicate returned
   * @throws RuntimeError when the predicate does not hold at once, and the lock is not held
   * @throws TypeError when the predicate is not a function
   *
   * @remarks
   * **Cancellation** As {@link wait}.
   * **Differences from CPython** None.
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Condition.wait_for
   */
  waitFor<T>(predicate: () => T): CoroutineObject<T> {
    if (typeof predicate !== 'function') throw new TypeError(`waitFor() takes a function, got ${reprOf(predicate)}.`)
    return Condition.#waitFor.call(this, predicate) as CoroutineObject<T>
  }

  /**
   * Wakes up to `count` waiters, first come first served. They go on once the lock is theirs.
   *
   * @throws RuntimeError when the lock is not held
   * @throws TypeError, ValueError when `count` is not a whole number
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Condition.notify
   */
  notify(count = 1): void {
    checkCount('The number to notify', count, -Infinity)
    this.#checkHeld('notify')
    this.#notify(count)
  }

  /**
   * Wakes every waiter. They go on one after another, as the lock becomes theirs.
   *
   * @throws RuntimeError when the lock is not held
   * @see https://docs.python.org/3/library/asyncio-sync.html#asyncio.Condition.notify_all
   */
  notifyAll(): void {
    this.#checkHeld('notify')
    this.#waiters.wakeAll()
  }

  /**
   * Returns what is going on: the tasks that wait for a notification. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): LockStatistics {
    return { locked: this.locked(), waiting: this.#waiters.live }
  }

  static readonly #wait = /* @__PURE__ */ coroutine(
    function* (this: Condition, limits: WaitLimits | undefined): Coroutine<true> {
      this.#checkHeld('wait')
      const waiter = this.#waiters.add(this)
      const holder = stateOfLock(this.#lock)?.holder ?? null
      this.release()
      try {
        try {
          yield* waitWithin(waiter, limits)
        } finally {
          this.#waiters.remove(waiter)
          yield* this.#reacquire(holder)
        }
        return true
      } catch (error) {
        // The notification may have been meant for this task: a spurious wake-up is allowed, a lost one is not.
        this.#notify(1)
        throw error
      }
    },
    { name: 'Condition.wait' },
  )

  static readonly #waitFor = /* @__PURE__ */ coroutine(
    function* <T>(this: Condition, predicate: () => T): Coroutine<T> {
      let result = predicate()
      while (!result) {
        yield* this.wait()
        result = predicate()
      }
      return result
    },
    { name: 'Condition.waitFor' },
  );

  /** @param holder - whose `using` block the lock was given up in: its guard has to release the lock later */
  *#reacquire(holder: Guard | null): Coroutine<void> {
    let cancelled: unknown
    for (;;) {
      try {
        yield* this.#lock.acquire()
        break
      } catch (error) {
        if (!isCancelled(error)) throw error
        cancelled = error
      }
    }
    if (holder !== null) stateOfLock(this.#lock)?.resume(holder)
    if (cancelled !== undefined) throw cancelled
  }

  #notify(count: number): void {
    for (let left = count; left > 0 && this.#waiters.wakeNext(); left--);
  }

  #checkHeld(action: string): void {
    if (!this.locked()) {
      throw new RuntimeError(`cannot ${action} on un-acquired lock: call it inside with(), or after acquire().`)
    }
  }

  /** Appears as in CPython, without the address. */
  override toString(): string {
    return stateOf('Condition', this.locked(), [], this.#waiters)
  }
}

/** A semaphore, and a lock that somebody else has written, have no such state. */
function stateOfLock(lock: Lockable): LockState | undefined {
  return (lock as { [STATE]?: LockState })[STATE]
}

import { RuntimeError } from '@asyncio-ts/core'
import { WaiterQueue } from '@asyncio-ts/core/primitives'
import type { Waiter } from '@asyncio-ts/core/primitives'
import type { Acquirable } from './acquire.ts'
import { HoldGuard } from './guard.ts'
import type { Guard } from './guard.ts'

/** Where a lock keeps its {@link LockState}: a condition, of this copy of the package or of another, needs it. */
export const STATE: unique symbol = Symbol.for('asyncio-ts.sync.LockState') as never

/** Who holds a lock, and who waits for it. */
export class LockState implements Acquirable {
  // Invariant LOCK-1: unlocked with live waiters ⇒ the first of them has been woken, and will lock.
  readonly owner: object
  readonly waiters = new WaiterQueue()
  /** The guard of whoever holds the lock. */
  holder: Guard | null = null

  constructor(owner: object) {
    this.owner = owner
  }

  tryAcquire(): Guard | null {
    return this.holder === null && this.waiters.live === 0 ? (this.holder = new LockGuard(this)) : null
  }

  acquired(waiter: Waiter<unknown>): Guard {
    this.holder = new LockGuard(this)
    this.waiters.remove(waiter)
    return this.holder
  }

  gaveUp(waiter: Waiter<unknown>): void {
    this.waiters.abandon(waiter)
    if (this.holder === null) this.#wakeFirst()
  }

  release(): void {
    if (this.holder === null) throw new RuntimeError('Lock is not acquired. Call release() once for each acquire().')
    this.holder = null
    this.#wakeFirst()
  }

  /** Makes the current hold, taken anew, the continuation of an earlier one. */
  resume(guard: Guard): void {
    this.holder = guard
  }

  /** Only ever the first: when it was cancelled, it passes the wake-up on once it has unwound. */
  #wakeFirst(): void {
    const { first } = this.waiters
    if (first !== null && !first.done()) this.waiters.wakeNext()
  }
}

class LockGuard extends HoldGuard {
  readonly #lock: LockState

  constructor(lock: LockState) {
    super()
    this.#lock = lock
  }

  release(): void {
    if (this.#lock.holder === this) this.#lock.release()
  }
}

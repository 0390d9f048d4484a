import { WaiterQueue } from '@asyncio-ts/core/primitives'
import type { Waiter } from '@asyncio-ts/core/primitives'
import type { Acquirable } from './acquire.ts'
import { HoldGuard } from './guard.ts'
import type { Guard } from './guard.ts'

/** What the slots of a semaphore are given back through: its own `release`, which may refuse. */
interface Releasable {
  release(): void
}

/** How many slots of a semaphore are free, and who waits for one. */
export class Slots implements Acquirable {
  // Invariant SEMAPHORE-1: a free slot with live waiters exists only until the waiter it was given to has taken it.
  readonly owner: Releasable
  readonly waiters = new WaiterQueue()
  free: number

  constructor(owner: Releasable, free: number) {
    this.owner = owner
    this.free = free
  }

  get areTaken(): boolean {
    return this.free === 0 || this.waiters.live > 0
  }

  tryAcquire(): Guard | null {
    if (this.areTaken) return null
    this.free--
    return new SlotGuard(this.owner)
  }

  acquired(waiter: Waiter<unknown>): Guard {
    this.waiters.remove(waiter)
    this.#wakeAllowed()
    return new SlotGuard(this.owner)
  }

  gaveUp(waiter: Waiter<unknown>): void {
    if (this.waiters.abandon(waiter)) this.free++
    this.#wakeAllowed()
  }

  release(): void {
    this.free++
    this.#wakeNext()
  }

  /** A slot belongs to a waiter from the moment in which it is woken: no other task can overtake. */
  #wakeNext(): boolean {
    if (!this.waiters.wakeNext()) return false
    this.free--
    return true
  }

  /** Those who came while slots were being handed over had to queue, though there was room. */
  #wakeAllowed(): void {
    while (this.free > 0 && this.#wakeNext());
  }
}

class SlotGuard extends HoldGuard {
  readonly #semaphore: Releasable
  #isReleased = false

  constructor(semaphore: Releasable) {
    super()
    this.#semaphore = semaphore
  }

  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#semaphore.release()
  }
}

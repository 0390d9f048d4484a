import { coroutine, Future } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import type { Lock } from '@asyncio-ts/sync'

/** A condition with a bug: a waiter that is cancelled when it has been notified does not notify another. */
export class PlantedCondition {
  readonly #lock: Lock
  readonly #waiters = new Set<Future<void>>()

  constructor(lock: Lock) {
    this.#lock = lock
  }

  /** Gives the lock up, waits to be notified, and takes the lock again, whatever happens. */
  readonly wait = coroutine(function* (this: PlantedCondition): Coroutine<void> {
    this.#lock.release()
    const waiter = new Future<void>()
    this.#waiters.add(waiter)
    try {
      yield* waiter
    } finally {
      this.#waiters.delete(waiter)
      yield* this.#acquire()
    }
  })

  notify(): void {
    for (const waiter of this.#waiters) {
      if (waiter.done()) continue
      waiter.setResult()
      return
    }
  }

  readonly #acquire = coroutine(function* (this: PlantedCondition): Coroutine<void> {
    let cancelled: unknown = null
    for (;;) {
      try {
        yield* this.#lock.acquire()
        break
      } catch (error) {
        cancelled = error
      }
    }
    if (cancelled !== null) throw cancelled
  })
}

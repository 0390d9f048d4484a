import { coroutine, Future } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'

/** A lock with a bug: a waiter that is cancelled when it has been woken wakes nobody else. */
export class PlantedLock {
  #locked = false
  readonly #waiters: Future<void>[] = []

  locked(): boolean {
    return this.#locked
  }

  readonly acquire = coroutine(function* (this: PlantedLock): Coroutine<void> {
    if (!this.#locked && this.#waiters.length === 0) {
      this.#locked = true
      return
    }
    const waiter = new Future<void>()
    this.#waiters.push(waiter)
    try {
      yield* waiter
    } finally {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
    }
    this.#locked = true
  })

  release(): void {
    this.#locked = false
    const [first] = this.#waiters
    if (first !== undefined && !first.done()) first.setResult()
  }
}

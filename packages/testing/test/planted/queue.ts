import { coroutine, Future } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'

/** A queue that hands items straight to getters, with a bug: the item of a getter that is cancelled by then is gone. */
export class PlantedQueue<T> {
  readonly #items: T[] = []
  readonly #getters: Future<T>[] = []

  readonly get = coroutine(function* (this: PlantedQueue<T>): Coroutine<T> {
    if (this.#items.length > 0) return this.#items.shift()!
    const getter = new Future<T>()
    this.#getters.push(getter)
    return yield* getter
  })

  put(item: T): void {
    for (let getter = this.#getters.shift(); getter !== undefined; getter = this.#getters.shift()) {
      if (getter.done()) continue
      getter.setResult(item)
      return
    }
    this.#items.push(item)
  }

  size(): number {
    return this.#items.length
  }
}

import { isCancelled } from '@asyncio-ts/core'
import { runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'

/** An item and its number. */
export interface NumberedItem<T> {
  readonly item: T
  readonly index: number
}

/** The items of an iterable, numbered as they are taken. */
export class ItemSource<T> {
  readonly #iterator: Iterator<T>
  #isOver = false
  /** How many have been taken: the number of the next one. */
  taken = 0

  constructor(items: Iterable<T>) {
    this.#iterator = items[Symbol.iterator]()
  }

  /** Takes the next item, or returns `null` when there is none. */
  take(): NumberedItem<T> | null {
    if (this.#isOver) return null
    // An iterator that throws is not asked again, nor told to end.
    this.#isOver = true
    const { done, value } = this.#iterator.next()
    if (done === true) return null
    this.#isOver = false
    return { item: value, index: this.taken++ }
  }

  /** Tells an iterator that has items left that they are not wanted. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#iterator.return?.()
  }
}

/** The items of an async iterable. One task takes them: `next()` is called when the call before it has ended. */
export class AsyncItemSource<T> {
  readonly #iterator: AsyncIterator<T>
  #isOver = false
  #isClosed = false

  constructor(items: AsyncIterable<T>) {
    this.#iterator = items[Symbol.asyncIterator]()
  }

  /** Takes the next item. What the iterator waits for is a wait of the calling task. */
  *take(): Coroutine<IteratorResult<T>> {
    this.#isOver = true
    try {
      const result = yield* runBody(() => this.#iterator.next())
      this.#isOver = result.done === true
      return result
    } catch (error) {
      // What was cancelled has not ended by itself.
      if (isCancelled(error)) this.#isOver = false
      throw error
    }
  }

  /** Tells an iterator that has items left that they are not wanted, and waits until it has cleaned up. */
  *close(): Coroutine<void> {
    if (this.#isOver || this.#isClosed) return
    this.#isClosed = true
    yield* runBody(() => this.#iterator.return?.())
  }

  /** The same while `next()` is under way and cannot be interrupted: the iterator ends when that has ended. */
  closeLater(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    void Promise.allSettled([this.#end()])
  }

  async #end(): Promise<void> {
    await this.#iterator.return?.()
  }
}

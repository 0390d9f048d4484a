import { InertCoroutine } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject } from '@asyncio-ts/core'
import { QueueShutDown } from './errors.ts'

/** What `queue[Symbol.asyncIterator]()` returns: for `for await`, and for `yield* items.next()`. */
export interface QueueIterator<T> extends AsyncIterableIterator<T, undefined> {
  next(): CoroutineObject<IteratorResult<T, undefined>>
  [Symbol.asyncIterator](): QueueIterator<T>
}

interface Gettable<T> {
  empty(): boolean
  getNowait(): T
  get(): CoroutineObject<T>
}

/** The items of a queue, for one consumer. */
export class QueueItems<T> implements QueueIterator<T> {
  readonly #queue: Gettable<T>

  constructor(queue: Gettable<T>) {
    this.#queue = queue
  }

  next(): CoroutineObject<IteratorResult<T, undefined>> {
    return new Next(this.#queue)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** A step of an iteration: a `get` that ends it in place of throwing QueueShutDown. */
class Next<T> extends InertCoroutine<IteratorResult<T, undefined>> {
  readonly #queue: Gettable<T>

  constructor(queue: Gettable<T>) {
    super('Queue.next')
    this.#queue = queue
  }

  override get _name(): string {
    return 'Queue.next'
  }

  protected override begin(): Coroutine<IteratorResult<T, undefined>> | undefined {
    if (this.#queue.empty()) return this.#wait()
    this.result = { done: false, value: this.#queue.getNowait() }
    return undefined
  }

  *#wait(): Coroutine<IteratorResult<T, undefined>> {
    try {
      return { done: false, value: yield* this.#queue.get() }
    } catch (error) {
      if (error instanceof QueueShutDown) return { done: true, value: undefined }
      throw error
    }
  }
}

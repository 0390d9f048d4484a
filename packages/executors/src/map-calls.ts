import { coroutine } from '@asyncio-ts/core'
import { runBody } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, FutureLike, Suspension } from '@asyncio-ts/core'

/** Options of `Executor.map`. */
export interface MapOptions {
  /** How many items a worker is sent at a time; 1 when absent. Large chunks pay off where the calls are short. */
  chunksize?: number | undefined
  /** How many chunks are taken ahead of what has been consumed; four for each worker when absent. */
  buffersize?: number | undefined
}

type Result<R> = IteratorResult<R, undefined>

/**
 * The results of a function for every item, in the order of the items.
 *
 * Items are taken as results are consumed, no further ahead than the buffer allows. The first error ends it all.
 *
 * @remarks
 * **Cancellation** What has not been consumed is cancelled.
 */
export class MappedCalls<R> implements AsyncIterableIterator<R, undefined> {
  readonly #source: Iterator<unknown> | AsyncIterator<unknown>
  readonly #submit: (chunk: readonly unknown[]) => FutureLike<readonly R[]>
  readonly #chunksize: number
  readonly #buffersize: number
  readonly #chunks: FutureLike<readonly R[]>[] = []
  #results: readonly R[] = []
  #position = 0
  #isExhausted = false

  constructor(
    items: Iterable<unknown> | AsyncIterable<unknown>,
    submit: (chunk: readonly unknown[]) => FutureLike<readonly R[]>,
    options: Required<{ [Name in keyof MapOptions]: number }>,
  ) {
    this.#source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
    this.#submit = submit
    this.#chunksize = options.chunksize
    this.#buffersize = options.buffersize
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Waits for the next result. */
  readonly next: () => CoroutineObject<Result<R>> = coroutine(function* (
    this: MappedCalls<R>,
  ): Generator<Suspension, Result<R>, unknown> {
    try {
      while (this.#position === this.#results.length) {
        yield* this.#feed()
        const chunk = this.#chunks[0]
        if (chunk === undefined) return { done: true, value: undefined }
        this.#results = yield* chunk as Iterable<Suspension, readonly R[]>
        this.#position = 0
        void this.#chunks.shift()
      }
      return { done: false, value: this.#results[this.#position++]! }
    } catch (error) {
      yield* this.#close()
      throw error
    }
  })

  /** Cancels the calls whose results have not been consumed. */
  readonly return: () => CoroutineObject<Result<R>> = coroutine(function* (
    this: MappedCalls<R>,
  ): Generator<Suspension, Result<R>, unknown> {
    yield* this.#close()
    return { done: true, value: undefined }
  });

  [Symbol.asyncDispose](): CoroutineObject<Result<R>> {
    return this.return()
  }

  *#close(): Generator<Suspension, void, unknown> {
    for (const chunk of this.#chunks.splice(0)) chunk.cancel()
    this.#results = []
    this.#position = 0
    if (this.#isExhausted) return
    this.#isExhausted = true
    const source = this.#source
    if (source.return !== undefined) yield* runBody(() => source.return?.())
  }

  *#feed(): Generator<Suspension, void, unknown> {
    while (!this.#isExhausted && this.#chunks.length < this.#buffersize) {
      const chunk: unknown[] = []
      while (chunk.length < this.#chunksize) {
        const item = (yield* runBody(() => this.#source.next())) as IteratorResult<unknown>
        if (item.done === true) {
          this.#isExhausted = true
          break
        }
        chunk.push(item.value)
      }
      if (chunk.length > 0) this.#chunks.push(this.#submit(chunk))
    }
  }
}

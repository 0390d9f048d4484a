import { coroutine, ExceptionGroup, ValueError } from '@asyncio-ts/core'
import { isGeneratorFunction, reprOf, runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, Suspension } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'
import { taskGroup } from './task-group.ts'
import { wrapFuture } from './wrap-future.ts'

/** Options of {@link mapConcurrent}. */
export interface MapConcurrentOptions {
  /** How many calls may run at a time. */
  limit: number
}

/** The items that have not been taken, shared by the workers. */
class Source<T> {
  readonly #next: () => IteratorResult<T> | Promise<IteratorResult<T>>
  readonly isAsync: boolean
  taken = 0

  constructor(items: Iterable<T> | AsyncIterable<T>) {
    this.isAsync = Symbol.asyncIterator in items
    const iterator = this.isAsync
      ? (items as AsyncIterable<T>)[Symbol.asyncIterator]()
      : (items as Iterable<T>)[Symbol.iterator]()
    this.#next = () => iterator.next() as IteratorResult<T> | Promise<IteratorResult<T>>
  }

  take(): IteratorResult<T> {
    return this.#next() as IteratorResult<T>
  }

  takeLater(): Promise<IteratorResult<T>> {
    return Promise.resolve(this.#next())
  }
}

/** Takes items until there are none left: as many of these as the limit says, instead of a task for each item. */
function* work<T, R>(source: Source<T>, fn: Body<[T, number], R>, results: R[]): Coroutine<void> {
  const direct = isGeneratorFunction(fn)
  for (;;) {
    const { done, value } = source.isAsync ? yield* wrapFuture(source.takeLater()) : source.take()
    if (done === true) return
    const index = source.taken++
    results[index] = direct ? yield* fn(value, index) as Coroutine<R> : yield* runBody(fn, value, index)
  }
}

const run = coroutine(function* <T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  fn: Body<[T, number], R>,
  limit: number,
): Generator<Suspension, R[], unknown> {
  const source = new Source(items)
  const results: R[] = []
  const workers = Array.isArray(items) ? Math.min(limit, items.length) : limit
  try {
    yield* taskGroup((group) => {
      for (let i = 0; i < workers; i++) group.createTask(work(source, fn, results))
    })
  } catch (error) {
    if (error instanceof ExceptionGroup && error.errors.length === 1) throw error.errors[0]
    throw error
  }
  return results
})

/**
 * Calls `fn` for every item, at most `limit` at a time, and returns the results in the order of the items.
 *
 * Items are taken when there is room for them, so that an endless or costly source is read no faster than it is used.
 *
 * @param items - an array, an iterable or an async iterable
 * @param fn - a `function*`, an async function or a plain one; it receives the item and its index
 * @param options.limit - how many calls may run at a time
 * @throws the error of the first call that fails, once the other calls have been cancelled and have unwound; an
 * ExceptionGroup when several have failed by then
 * @throws ValueError when the limit is not a whole number of at least 1
 *
 * **Cancellation** Every call that is running is cancelled and waited for; no further item is taken.
 * **Differences from CPython** An extension.
 * @extension
 * @example
 * import { mapConcurrent, sleep } from '@asyncio-ts/tasks'
 *
 * const squares = await mapConcurrent([1, 2, 3], async (n) => {
 *   await sleep(0.01)
 *   return n * n
 * }, { limit: 2 })
 * console.log(squares)
 */
export function mapConcurrent<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  fn: Body<[item: T, index: number], R>,
  options: MapConcurrentOptions,
): CoroutineObject<R[]> {
  const limit = options?.limit
  if (!(limit === Infinity || Number.isInteger(limit)) || limit < 1) {
    throw new ValueError(`The limit is a whole number of at least 1, got ${reprOf(limit)}.`)
  }
  if (typeof fn !== 'function') throw new TypeError(`mapConcurrent() takes a function, got ${reprOf(fn)}.`)
  return run(items, fn as Body<[unknown, number], R>, limit) as CoroutineObject<R[]>
}

import { coroutine, getRunningLoop, isCoroutine, isFuture, TimeoutError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, Future, FutureLike, Suspension, TimerHandleLike } from '@asyncio-ts/core'
import { checkLimit } from './check-seconds.ts'
import { ensureFuture } from './ensure-future.ts'
import type { ResultOf, Waitable } from './ensure-future.ts'

/** A future that is done, seen without `then`: an async iteration would otherwise be typed as awaiting it. */
export type Completed<F> = Omit<F, 'then' | 'catch' | 'finally'>

/** Marks that the time is up. */
const TIMED_OUT = Symbol('timed out')

/**
 * What {@link asCompleted} returns: one object, two protocols.
 *
 * `for await` yields the futures themselves, done; a plain `for` yields awaitables that return or throw what the next
 * one to be done does.
 */
export class AsCompleted<W extends Waitable<unknown>>
  implements AsyncIterableIterator<Completed<FutureOf<W>>>, Iterable<CoroutineObject<ResultOf<W>>>
{
  readonly #done: (FutureLike<unknown> | typeof TIMED_OUT)[] = []
  readonly #getters: Future<void>[] = []
  readonly #todo: Set<FutureLike<unknown>>
  /** How many are still to be handed out. */
  #left: number
  /** How many have been asked for or handed out as awaitables, and are not there yet. */
  #promised = 0
  #timer: TimerHandleLike | null = null

  constructor(waitables: Iterable<W>, timeout: number | null | undefined) {
    const loop = getRunningLoop()
    this.#todo = new Set([...distinct(waitables)].map((waitable) => ensureFuture(waitable, { loop })))
    this.#left = this.#todo.size
    for (const future of this.#todo) future.addDoneCallback(this.#onDone)
    if (this.#left > 0 && typeof timeout === 'number') this.#timer = loop.callLater(timeout, this.#onTimeout)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  *[Symbol.iterator](): IterableIterator<CoroutineObject<ResultOf<W>>> {
    try {
      while (this.#left > 0) {
        this.#left--
        this.#promised++
        yield this.#nextResult() as CoroutineObject<ResultOf<W>>
      }
    } finally {
      // What was handed out may be awaited later: it is when an array of them was made.
      this.#left = 0
      this.#releaseIfLeft()
    }
  }

  async next(): Promise<IteratorResult<Completed<FutureOf<W>>>> {
    if (this.#left === 0) return { done: true, value: undefined }
    this.#left--
    this.#promised++
    try {
      return { done: false, value: (await this.#nextFuture()).future as FutureOf<W> }
    } finally {
      this.#fulfilled()
    }
  }

  /** Called when a `for await` is left early: whatever is not done yet goes on, and is no longer watched. */
  return(): Promise<IteratorResult<Completed<FutureOf<W>>>> {
    this.#left = 0
    this.#releaseIfLeft()
    return Promise.resolve({ done: true, value: undefined })
  }

  #fulfilled(): void {
    this.#promised--
    this.#releaseIfLeft()
  }

  /** Stops watching what is not done, once nobody will ask for it. */
  #releaseIfLeft(): void {
    if (this.#left > 0 || this.#promised > 0) return
    for (const future of this.#todo) future.removeDoneCallback(this.#onDone)
    this.#todo.clear()
    this.#timer?.cancel()
  }

  readonly #onDone = (future: FutureLike<unknown>): void => {
    if (!this.#todo.delete(future)) return
    this.#put(future)
    if (this.#todo.size === 0) this.#timer?.cancel()
  }

  readonly #onTimeout = (): void => {
    for (const future of this.#todo) {
      future.removeDoneCallback(this.#onDone)
      this.#put(TIMED_OUT)
    }
    this.#todo.clear()
  }

  #put(item: FutureLike<unknown> | typeof TIMED_OUT): void {
    this.#done.push(item)
    this.#wakeNext()
  }

  #wakeNext(): void {
    for (let getter = this.#getters.shift(); getter !== undefined; getter = this.#getters.shift()) {
      if (getter.done()) continue
      getter.setResult()
      return
    }
  }

  /** In a box: a future that is returned as it is would be awaited. */
  readonly #nextFuture = coroutine(function* (
    this: AsCompleted<W>,
  ): Generator<Suspension, { future: FutureLike<unknown> }, unknown> {
    while (this.#done.length === 0) {
      const getter = getRunningLoop().createFuture<void>() as Future<void>
      this.#getters.push(getter)
      try {
        yield* getter
      } catch (error) {
        const at = this.#getters.indexOf(getter)
        if (at >= 0) this.#getters.splice(at, 1)
        // The wake-up was for whoever waits next.
        if (this.#done.length > 0 && !getter.cancelled()) this.#wakeNext()
        throw error
      }
    }
    const item = this.#done.shift()!
    if (item === TIMED_OUT) throw new TimeoutError('The time limit was exceeded before all were done.')
    return { future: item }
  }).bind(this)

  readonly #nextResult = coroutine(function* (this: AsCompleted<W>): Generator<Suspension, unknown, unknown> {
    try {
      const { future } = yield* this.#nextFuture()
      return future.result()
    } finally {
      this.#fulfilled()
    }
  }).bind(this)
}

/** What is given twice counts once; of a function each call is another thing. */
function* distinct<W>(waitables: Iterable<W>): Iterable<W> {
  const seen = new Set<W>()
  for (const waitable of waitables) {
    if (seen.has(waitable)) continue
    if (typeof waitable !== 'function') seen.add(waitable)
    yield waitable
  }
}

type FutureOf<W> = W extends FutureLike<unknown> ? W : Future<ResultOf<W>>

/**
 * Goes through several things in the order in which they are done.
 *
 * @param waitables - awaitables, promises, coroutines, or functions to run as tasks; what is given twice counts once
 * @param options.timeout - in seconds, for all of them together
 * @returns an object for `for await`, which yields the done futures themselves, and for `for`, which yields awaitables
 * @throws TypeError when a single awaitable is given
 * @throws TimeoutError from the iteration, when the time is up before all are done; the rest goes on
 *
 * @remarks
 * **Cancellation** Cancelling the iteration leaves the rest running. So does leaving the loop early.
 *
 * **Differences from CPython** A loop that is left early no longer watches the rest.
 * @example
 * import { asCompleted, createTask, sleep } from '@asyncio-ts/tasks'
 *
 * const tasks = [createTask(sleep(0.02, 'slow')), createTask(sleep(0.01, 'fast'))]
 * for await (const task of asCompleted(tasks)) console.log(task.result())
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.as_completed
 */
export function asCompleted<W extends Waitable<unknown>>(
  waitables: Iterable<W>,
  options?: { timeout?: number | null | undefined },
): AsCompleted<W> {
  if (isFuture(waitables) || isCoroutine(waitables) || typeof waitables === 'function') {
    throw new TypeError(`asCompleted() takes an iterable of awaitables, got ${reprOf(waitables)}.`)
  }
  if (typeof (waitables as Partial<Iterable<W>> | undefined)?.[Symbol.iterator] !== 'function') {
    throw new TypeError(`asCompleted() takes an iterable of awaitables, got ${reprOf(waitables)}.`)
  }
  checkLimit(options?.timeout, 'timeout')
  return new AsCompleted(waitables, options?.timeout)
}

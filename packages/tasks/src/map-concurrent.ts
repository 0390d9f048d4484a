import {
  CancelledError,
  coroutine,
  currentTask,
  ExceptionGroup,
  Future,
  isCancelled,
  Task,
  ValueError,
} from '@asyncio-ts/core'
import { isGeneratorFunction, reprOf, runBody, wake } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, Suspension } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'
import { leaveBehind } from './abandon.ts'
import { AsyncItemSource, ItemSource } from './item-source.ts'
import type { NumberedItem } from './item-source.ts'
import { taskGroup } from './task-group.ts'
import type { TaskGroup } from './task-group.ts'
import { untilDone } from './until-done.ts'

/** Options of {@link mapConcurrent}. */
export interface MapConcurrentOptions {
  /** How many calls may run at a time. */
  limit: number
}

/** How many calls begin in one go: in between, a cancel can take effect. */
const STARTS_PER_TURN = 1000

/** A loop that is never idle is asked so many times whether a task has gone on. */
const MAX_TURNS = 1000

/** The calls of one `mapConcurrent`, and what they return. */
class Calls<T, R> {
  readonly results: R[] = []
  readonly fn: Body<[T, number], R>
  #group!: TaskGroup
  readonly #parent = currentTask()!
  readonly #cancelling = this.#parent.cancelling()
  /** Set when a call has failed: nothing begins any more. */
  isStopped = false
  /** How many tasks have not come to their end. */
  #unfinished = 0
  /** What a call ended with that was cancelled by itself, and not with the others. */
  #cancellation: unknown = undefined

  constructor(fn: Body<[T, number], R>) {
    this.fn = fn
  }

  /** Whether the calls are being cancelled: one that ends well nevertheless is the last of its task. */
  get isEnding(): boolean {
    return this.isStopped || this.#parent.cancelling() > this.#cancelling
  }

  /** Runs a body that begins calls, and waits for their end. */
  *run(body: () => Coroutine<void>): Coroutine<R[]> {
    try {
      yield* taskGroup((group) => {
        this.#group = group
        return body()
      })
    } catch (error) {
      if (error instanceof ExceptionGroup && error.errors.length === 1) throw error.errors[0]
      throw error
    } finally {
      this.isStopped = true
    }
    if (this.#cancellation !== undefined) throw this.#cancellation
    if (this.#unfinished > 0) throw new CancelledError()
    return this.results
  }

  start(work: Coroutine<void>): Task<void> {
    this.#unfinished++
    const task = this.#group.createTask(work)
    // A task that is cancelled before its first step cannot note it itself.
    task.addDoneCallback(() => {
      if (task.cancelled()) this.noteFailure(new CancelledError())
    })
    return task
  }

  noteEnd(): void {
    this.#unfinished--
  }

  noteFailure(error: unknown): void {
    if (isCancelled(error) && !this.isStopped) {
      this.#cancellation ??= error
      this.#group.cancel()
    }
    this.isStopped = true
  }
}

/** Calls the function for one item after another: as many of these as the limit says, not a task for each item. */
function* work<T, R>(calls: Calls<T, R>, first: NumberedItem<T>, take: () => NumberedItem<T> | null): Coroutine<void> {
  const { fn, results } = calls
  const isGenerator = isGeneratorFunction(fn)
  for (let next: NumberedItem<T> | null = first; next !== null; next = take()) {
    const { item, index } = next
    try {
      results[index] = isGenerator ? yield* fn(item, index) as Coroutine<R> : yield* runBody(fn, item, index)
    } catch (error) {
      calls.noteFailure(error)
      throw error
    }
    if (calls.isEnding) break
  }
  calls.noteEnd()
}

function* mapIterable<T, R>(items: Iterable<T>, fn: Body<[T, number], R>, limit: number): Coroutine<R[]> {
  const source = new ItemSource(items)
  const calls = new Calls(fn)
  const take = (): NumberedItem<T> | null => source.take()
  try {
    return yield* calls.run(function* () {
      for (let workers = 0; workers < limit && !calls.isStopped; workers++) {
        const first = take()
        if (first === null) return
        calls.start(work(calls, first, take))
        if (workers % STARTS_PER_TURN === STARTS_PER_TURN - 1) yield undefined
      }
    })
  } finally {
    source.close()
  }
}

/** Takes items as they come while there is room for them. It runs in a task of its own, which can be left behind. */
class Feeder<T, R> {
  readonly #source: AsyncItemSource<T>
  readonly #calls: Calls<T, R>
  readonly #limit: number
  #running = 0
  #room: Future<void> | null = null

  constructor(source: AsyncItemSource<T>, calls: Calls<T, R>, limit: number) {
    this.#source = source
    this.#calls = calls
    this.#limit = limit
  }

  *feed(): Coroutine<void> {
    for (let index = 0; !this.#calls.isStopped; index++) {
      while (this.#running >= this.#limit) yield* (this.#room = new Future<void>())
      const { done, value } = yield* this.#source.take()
      if (done === true || this.#calls.isStopped) return
      this.#running++
      this.#calls.start(work(this.#calls, { item: value, index }, () => null)).addDoneCallback(this.#onCallDone)
    }
  }

  readonly #onCallDone = (): void => {
    this.#running--
    if (this.#room !== null) wake(this.#room)
  }
}

function* mapAsyncIterable<T, R>(items: AsyncIterable<T>, fn: Body<[T, number], R>, limit: number): Coroutine<R[]> {
  const source = new AsyncItemSource(items)
  const calls = new Calls(fn)
  const feeder = new Feeder(source, calls, limit)
  return yield* calls.run(function* () {
    const task = new Task<void>(() => feeder.feed(), { context: currentTask()!.getContext() })
    try {
      yield* untilDone(task)
      task.result()
    } catch (error) {
      calls.isStopped = true
      throw error
    } finally {
      yield* endFeeding(task, source)
    }
  })
}

/** Ends the taking of items, and closes the iterator. */
function* endFeeding(task: Task<void>, source: AsyncItemSource<unknown>): Coroutine<void> {
  try {
    if (yield* isUninterruptible(task)) {
      // An error need not wait for what nothing can interrupt.
      leaveBehind(task as Task)
      source.closeLater()
      return
    }
    yield* untilDone(task)
    if (!task.cancelled()) task.exception()
    yield* source.close()
  } catch (error) {
    // Another cancel ends the wait for the clean-up, not the clean-up.
    source.closeLater()
    throw error
  }
}

/** Cancels a task, and tells whether it waits for something that nothing can interrupt. */
function* isUninterruptible(task: Task<void>): Coroutine<boolean> {
  task.cancel()
  // A task that is ready takes its cancel when its turn comes.
  for (let turns = 0; turns < MAX_TURNS && task._mustCancel && task._loop.nextTimeout() === 0; turns++) yield undefined
  return task._mustCancel && !task.done()
}

const run = /* @__PURE__ */ coroutine(
  function* <T, R>(
    items: Iterable<T> | AsyncIterable<T>,
    fn: Body<[T, number], R>,
    limit: number,
  ): Generator<Suspension, R[], unknown> {
    if (Symbol.asyncIterator in items) return yield* mapAsyncIterable(items, fn, limit)
    return yield* mapIterable(items, fn, limit)
  },
  { name: 'mapConcurrent' },
)

/**
 * Calls `fn` for every item, at most `limit` at a time, and returns the results in the order of the items.
 *
 * An item is taken when there is room for it: an endless or costly source is read no faster than it is used. An async
 * iterator gets one `next()` at a time. When not all items are taken, the iterator is closed by `return()`.
 *
 * @param items - an array, an iterable or an async iterable
 * @param fn - a `function*`, an async function or a plain one; it receives the item and its index
 * @param options.limit - how many calls may run at a time; `Infinity` for all at once
 * @returns what the calls return, in the order of the items
 * @throws the error of the first call that fails, once the other calls have been cancelled and have unwound; an
 * ExceptionGroup when several have failed by then
 * @throws ValueError when the limit is not a whole number of at least 1
 * @throws TypeError when `items` cannot be iterated or `fn` is not a function
 *
 * @remarks
 * **Cancellation** Every running call is cancelled and waited for; no further item is taken. The iterator is closed and
 * waited for, unless its `next()` waits for a promise that nothing can interrupt: then it is closed when that is done.
 * A call that ends by a cancel of its own counts as failed with a CancelledError.
 *
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
  if (!isIterable(items)) throw new TypeError(`mapConcurrent() takes items to iterate over, got ${reprOf(items)}.`)
  return run(items, fn as Body<[unknown, number], R>, limit) as CoroutineObject<R[]>
}

function isIterable(items: unknown): boolean {
  if (typeof items === 'string') return true
  if (typeof items !== 'object' || items === null) return false
  return Symbol.asyncIterator in items || Symbol.iterator in items
}

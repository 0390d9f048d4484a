import { coroutine, Future, getRunningLoop, isCoroutine, isFuture, ValueError } from '@asyncio-ts/core'
import { isCompiledCall, reprOf, wake, WakeTimer } from '@asyncio-ts/core/primitives'
import type { CompiledPromise, CoroutineLike, CoroutineObject, FutureLike, Suspension, Task } from '@asyncio-ts/core'
import { checkLimit } from './check-seconds.ts'
import { createTask } from './create-task.ts'
import { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION } from './constants.ts'
import type { ReturnWhen } from './constants.ts'

/** Options of {@link wait}. */
export interface WaitOptions {
  /** In seconds. */
  timeout?: number | null | undefined
  returnWhen?: ReturnWhen | undefined
}

/** What {@link wait} returns: two sets by name, or by position as in Python. */
export type WaitResult<F> = readonly [done: Set<F>, pending: Set<F>] & {
  readonly done: Set<F>
  readonly pending: Set<F>
}

/** What a set of the result holds: a future as it was given, and the task that a call of a compiled function became. */
export type Waited<F> = F extends FutureLike<unknown> ? F : Task<Awaited<F>>

/** Ends the wait when enough of the futures are done. */
class Completion {
  readonly waiter: Future<void> = new Future<void>({ loop: getRunningLoop() })
  readonly #returnWhen: ReturnWhen
  #left: number

  constructor(count: number, returnWhen: ReturnWhen) {
    this.#left = count
    this.#returnWhen = returnWhen
  }

  readonly onDone = (future: FutureLike<unknown>): void => {
    this.#left--
    if (this.#left <= 0 || this.#returnWhen === FIRST_COMPLETED || this.#failed(future)) {
      wake(this.waiter)
    }
  }

  #failed(future: FutureLike<unknown>): boolean {
    return this.#returnWhen === FIRST_EXCEPTION && !future.cancelled() && future.exception() !== null
  }
}

const waitForAny = /* @__PURE__ */ coroutine(
  function* <F extends FutureLike<unknown>>(
    futures: Set<F>,
    timeout: number | null | undefined,
    returnWhen: ReturnWhen,
  ): Generator<Suspension, WaitResult<F>, unknown> {
    const completion = new Completion(futures.size, returnWhen)
    const timer =
      typeof timeout === 'number'
        ? new WakeTimer(completion.waiter, getRunningLoop().time() + timeout, undefined)
        : undefined
    for (const future of futures) future.addDoneCallback(completion.onDone)
    try {
      yield* completion.waiter
    } finally {
      timer?.cancel()
      for (const future of futures) future.removeDoneCallback(completion.onDone)
    }
    const all = [...futures]
    const done = new Set(all.filter((future) => future.done()))
    const pending = new Set(all.filter((future) => !future.done()))
    return Object.defineProperties([done, pending], { done: { value: done }, pending: { value: pending } }) as never
  },
  { name: 'wait' },
)

/**
 * Waits until some of the futures are done, and returns which are and which are not.
 *
 * It never cancels anything, and a timeout is not an error.
 *
 * @param futures - tasks and futures; at least one
 * @param options.timeout - in seconds; none when absent
 * @param options.returnWhen - `FIRST_COMPLETED`, `FIRST_EXCEPTION` (a cancelled task is not one) or `ALL_COMPLETED`
 * @throws TypeError when something other than a task or future is given: a coroutine has to be made a task first
 * @throws ValueError when there is nothing to wait for, or `returnWhen` is none of the three
 *
 * @remarks
 * **Cancellation** What is waited for goes on.
 * **Differences from CPython** Bad arguments throw at the call. The result has names, and is iterable as a pair.
 * @example
 * import { createTask, FIRST_COMPLETED, sleep, wait } from '@asyncio-ts/tasks'
 *
 * const tasks = [createTask(sleep(0.01, 'fast')), createTask(sleep(0.02, 'slow'))]
 * const { done, pending } = await wait(tasks, { returnWhen: FIRST_COMPLETED })
 * console.log(done.size, pending.size)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.wait
 */
export function wait<F extends FutureLike<unknown> | CompiledPromise<unknown>>(
  futures: Iterable<F>,
  options?: WaitOptions,
): CoroutineObject<WaitResult<Waited<F>>> {
  if (isFuture(futures) || isCoroutine(futures)) {
    throw new TypeError(`wait() takes several tasks or futures in an array or Set, got ${reprOf(futures)}.`)
  }
  const set = new Set([...(futures as Iterable<unknown>)].map(taskOfCall)) as Set<FutureLike<unknown>>
  if (set.size === 0) throw new ValueError('There is nothing to wait for: give at least one task or future.')
  for (const future of set) {
    if (!isFuture(future)) {
      throw new TypeError(`wait() takes tasks and futures only, got ${reprOf(future)}. Make a task of it first.`)
    }
  }
  const { timeout, returnWhen = ALL_COMPLETED } = options ?? {}
  checkLimit(timeout, 'timeout')
  if (![FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED].includes(returnWhen)) {
    throw new ValueError(`Invalid returnWhen value: ${reprOf(returnWhen)}.`)
  }
  return waitForAny(set, timeout, returnWhen) as unknown as CoroutineObject<WaitResult<Waited<F>>>
}

/** A compiled async function runs already when it is called: its call becomes a task, as an eager one. */
function taskOfCall(waited: unknown): unknown {
  return isCompiledCall(waited) && isCoroutine(waited) ? createTask(waited as CoroutineLike<unknown>) : waited
}

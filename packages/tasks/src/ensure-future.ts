import { getRunningLoop, isCoroutine, isFuture, ValueError } from '@asyncio-ts/core'
import { isPromiseLike, reprOf } from '@asyncio-ts/core/primitives'
import type { AwaitableLike, CoroutineLike, EventLoop, Future } from '@asyncio-ts/core'
import { wrapFuture } from './wrap-future.ts'

/** What can be waited for: an awaitable of ours, a promise, or what can be run as a task. */
export type Waitable<T> = AwaitableLike<T> | CoroutineLike<T>

/** What waiting for `A` returns. */
export type ResultOf<A> =
  A extends Generator<infer _Yield, infer T, infer _Next>
    ? T
    : A extends PromiseLike<infer T>
      ? T
      : A extends (...args: never[]) => infer R
        ? ResultOf<R>
        : never

/**
 * Returns the future of what can be waited for: a future as it is, anything else as a new task.
 *
 * @param options.loop - the loop of the task; the running one when absent
 * @throws ValueError when a future belongs to another loop than the one asked for
 * @throws TypeError when `waitable` cannot be waited for
 *
 * @remarks
 * **Differences from CPython** A promise is wrapped, see {@link wrapFuture}; a function is run as a task.
 * @example
 * import { ensureFuture, sleep } from '@asyncio-ts/tasks'
 *
 * console.log(await ensureFuture(sleep(0.01, 'done')))
 * @see https://docs.python.org/3/library/asyncio-future.html#asyncio.ensure_future
 */
export function ensureFuture<T>(waitable: Waitable<T>, options?: { loop?: EventLoop | undefined }): Future<T> {
  if (isFuture(waitable)) {
    if (options?.loop !== undefined && options.loop !== waitable._loop) {
      throw new ValueError('The future belongs to a different loop than the one specified as the loop option.')
    }
    return waitable as unknown as Future<T>
  }
  if (typeof waitable === 'function' || isCoroutine(waitable)) {
    return (options?.loop ?? getRunningLoop()).createTask(waitable as CoroutineLike<T>) as unknown as Future<T>
  }
  if (isPromiseLike(waitable)) return wrapFuture(waitable as PromiseLike<T>)
  throw new TypeError(`A future, a coroutine, a function or a promise is required, got ${reprOf(waitable)}.`)
}

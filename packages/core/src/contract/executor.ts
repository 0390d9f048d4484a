import type { CoroutineObject } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'
import type { FutureLike } from './future.ts'

/**
 * Runs functions somewhere else: in threads, in processes, on another machine.
 *
 * Whatever implements these two methods can be given to a loop. Nothing is asked of where and how the functions run.
 */
export interface Executor {
  /**
   * Has `fn(...args)` called, and returns a future for its result at once.
   *
   * A call that has not begun when its future is cancelled never begins. One that has begun may go on, but nobody
   * hears of it any more.
   *
   * @throws RuntimeError after {@link shutdown}
   */
  submit<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): FutureLike<R>

  /**
   * Takes no further calls, and frees everything once those that were submitted are done.
   *
   * It begins at the call. Calling it again is allowed, and may add `cancelFutures`.
   *
   * @param options.wait - whether what is returned waits for the calls to be done; true when absent
   * @param options.cancelFutures - cancels the calls that have not begun
   */
  shutdown(options?: { wait?: boolean; cancelFutures?: boolean }): PromiseLike<void>
}

/** A loop that hands calls to executors. */
export interface ExecutorLoop extends EventLoop {
  /**
   * Has `fn(...args)` called by an executor.
   *
   * @param executor - the default executor when absent; it is made at the first such call
   * @returns a future for what `fn` returns
   * @throws RuntimeError when the loop is closed, the default executor has been shut down, or there is none because
   * `@asyncio-ts/executors` has not been imported
   * @throws TypeError when the executor cannot call such a function, and says why
   * @remarks
   * **Cancellation** A call that has not begun never does. One that has begun is told, and nobody waits for it.
   *
   * **Differences from CPython** Threads share no variables: see `@asyncio-ts/executors` for what `fn` may be.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.run_in_executor
   */
  runInExecutor<A extends unknown[], R>(
    executor: Executor | null | undefined,
    fn: (...args: A) => R | PromiseLike<R>,
    ...args: A
  ): FutureLike<R>

  /**
   * Sets what {@link runInExecutor} uses where it is given no executor. The one before is not shut down.
   *
   * @throws TypeError when `executor` is none
   * @remarks
   * **Differences from CPython** Any executor will do, not only a pool of threads.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.set_default_executor
   */
  setDefaultExecutor(executor: Executor): void

  /**
   * Waits until the default executor has done its work, and refuses it any more. `run` does so at its end.
   *
   * @param timeout - in seconds; when they have passed a RuntimeWarning is emitted, and the wait ends
   * @remarks
   * **Cancellation** The executor goes on shutting down by itself.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.shutdown_default_executor
   */
  shutdownDefaultExecutor(timeout?: number | null): CoroutineObject<void>
}

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
  /** Uses the default executor when `executor` is absent or null. */
  runInExecutor<A extends unknown[], R>(
    executor: Executor | null | undefined,
    fn: (...args: A) => R | PromiseLike<R>,
    ...args: A
  ): FutureLike<R>
  setDefaultExecutor(executor: Executor): void
  /** @param timeout - in seconds; without limit when absent */
  shutdownDefaultExecutor(timeout?: number | null): CoroutineObject<void>
}

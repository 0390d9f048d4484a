import type { CoroutineObject, Executor, ExecutorLoop, FutureLike } from '@asyncio-ts/core'
import { SubprocessEventLoop } from '../subprocess/subprocess-event-loop.ts'
import { DefaultExecutor } from './default-executor.ts'
import { futureOn } from './future-on.ts'

/** The part of the loop that hands calls to executors. */
export class ExecutorEventLoop extends SubprocessEventLoop implements ExecutorLoop {
  readonly #defaultExecutor = new DefaultExecutor(this)

  /**
   * Has `fn(...args)` called by an executor.
   *
   * @param executor - the default executor when absent; it is made at the first such call
   * @returns a future for what `fn` returns
   * @throws RuntimeError when the loop is closed, the default executor has been shut down, or there is none because
   * `@asyncio-ts/executors` has not been imported
   * @throws TypeError when the executor cannot call such a function, and says why
   *
   * **Cancellation** A call that has not begun never does. One that has begun is told, and nobody waits for it.
   * **Differences from CPython** Threads share no variables: see `@asyncio-ts/executors` for what `fn` may be.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.run_in_executor
   */
  runInExecutor<A extends unknown[], R>(
    executor: Executor | null | undefined,
    fn: (...args: A) => R | PromiseLike<R>,
    ...args: A
  ): FutureLike<R> {
    this._checkClosed()
    return futureOn(this, (executor ?? this.#defaultExecutor.get()).submit(fn, ...args))
  }

  /**
   * Sets what {@link runInExecutor} uses where it is given no executor. The one before is not shut down.
   *
   * @throws TypeError when `executor` is none
   *
   * **Differences from CPython** Any executor will do, not only a pool of threads.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.set_default_executor
   */
  setDefaultExecutor(executor: Executor): void {
    this.#defaultExecutor.set(executor)
  }

  /**
   * Waits until the default executor has done its work, and refuses it any more. `run` does so at its end.
   *
   * @param timeout - in seconds; when they have passed a RuntimeWarning is emitted, and the wait ends
   *
   * **Cancellation** The executor goes on shutting down by itself.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.shutdown_default_executor
   */
  shutdownDefaultExecutor(timeout?: number | null): CoroutineObject<void> {
    return this.#defaultExecutor.shutdown(timeout)
  }

  override close(): void {
    super.close()
    this.#defaultExecutor.abandon()
  }
}

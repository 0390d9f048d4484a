import type { CoroutineObject } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'
import type { FutureLike } from './future.ts'

/** Runs functions somewhere else: in threads, in processes, on another machine. */
export interface Executor {
  submit<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): FutureLike<R>
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
  shutdownDefaultExecutor(timeout?: number): CoroutineObject<void>
}

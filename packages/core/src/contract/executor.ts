import type { FutureLike } from './future.ts'

/** Runs functions somewhere else: in threads, in processes, on another machine. */
export interface Executor {
  submit<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): FutureLike<R>
  shutdown(options?: { wait?: boolean; cancelFutures?: boolean }): PromiseLike<void>
}

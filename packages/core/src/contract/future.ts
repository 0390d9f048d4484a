import type { Awaitable } from './awaitable.ts'
import type { ContextLike } from './context.ts'
import type { TaskView } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'

/** A result that will be there later. */
export interface FutureLike<T> extends Awaitable<T> {
  result(): T
  /** The error, or `null`. A program that throws something else than an Error gets that value back as it is. */
  exception(): Error | null
  done(): boolean
  cancelled(): boolean
  cancel(message?: string, options?: { reason?: unknown }): boolean
  setResult(value: T): void
  setException(error: Error | (new () => Error)): void
  addDoneCallback(callback: (future: this) => unknown, options?: { context?: ContextLike | undefined }): void
  removeDoneCallback(callback: (future: this) => unknown): number
  getLoop(): EventLoop
}

/** A future whose result is what a coroutine returns. */
export interface TaskLike<T> extends FutureLike<T>, TaskView {
  getCoro(): unknown
  getContext(): ContextLike
}

import type { CompiledPromise } from './compiled-promise.ts'
import type { Awaitable, AwaitableLike, Suspension } from './awaitable.ts'

/** A generator that runs as a coroutine: what a `function*` written for `yield*` returns. */
export type Coroutine<T> = Generator<Suspension, T, unknown>

/** What a task steps through: a generator, or a hand-written iterator where a generator would cost too much. */
export interface Steps<T> extends Iterator<Suspension, T, unknown> {
  [Symbol.iterator](): Steps<T>
  throw(error: unknown): IteratorResult<Suspension, T>
  return(value: T): IteratorResult<Suspension, T>
}

/**
 * An inert coroutine: nothing runs until it is first awaited, and it can be awaited once.
 *
 * `next`, `throw` and `return` are Python's `send`, `throw` and `close`.
 */
export interface CoroutineObject<T> extends Awaitable<T> {
  [Symbol.iterator](): Steps<T>
  next(value?: unknown): IteratorResult<Suspension, T>
  throw(error: unknown): IteratorResult<Suspension, T>
  return(value: T): IteratorResult<Suspension, T>
}

/**
 * A function that starts a coroutine when it is called: a `function*`, an async function,
 * or one that returns an awaitable. It receives the task that runs it, if it declares a parameter without a default.
 */
export type CoroutineFunction<T> = (task: TaskView) => Coroutine<T> | CoroutineObject<T> | AwaitableLike<T>

/**
 * What can be run as a task. A promise that is already running cannot: it has started,
 * so it could be neither cancelled before its first step nor unwound.
 */
export type CoroutineLike<T> = Coroutine<T> | CoroutineObject<T> | CoroutineFunction<T> | CompiledPromise<T>

/** The part of a task that a coroutine function may rely on. */
export interface TaskView {
  /** Aborts when the task is cancelled: pass it on to what the task cannot unwind, such as `fetch`. */
  readonly signal: AbortSignal
  cancel(message?: string, options?: { reason?: unknown }): boolean
  cancelling(): number
  uncancel(): number
  getName(): string
  setName(name: string): void
}

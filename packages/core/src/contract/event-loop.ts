import type { ContextLike } from './context.ts'
import type { CoroutineLike } from './coroutine.ts'
import type { ExceptionContext, ExceptionHandler } from './exception-context.ts'
import type { HandleLike, TimerHandleLike } from './handle.ts'
import type { FutureLike, TaskLike } from './future.ts'

/** How {@link EventLoop.createTask} is asked to make a task. */
export interface TaskOptions {
  /** The task's name; `Task-N` when absent. */
  name?: string | undefined
  /** The context to run in; a copy of the caller's when absent. */
  context?: ContextLike | undefined
  /** Runs the first step inside the call. */
  eagerStart?: boolean | undefined
  /** Cancels the task when it aborts; the listener is removed when the task is done. */
  signal?: AbortSignal | undefined
}

/** Makes the tasks of a loop in place of the `Task` constructor. */
export type TaskFactory = (
  loop: EventLoop,
  coroutine: CoroutineLike<unknown>,
  options?: TaskOptions,
) => TaskLike<unknown>

/**
 * The loop as the rest of the packages know it: who runs callbacks, in which order, and by which clock.
 *
 * Callbacks run first in, first out. One turn runs the callbacks that were ready when it began, then the
 * timers that had come due by then; what they schedule runs in the next turn.
 */
export interface EventLoop {
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): HandleLike
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: WithOptions<A>): HandleLike
  callLater<A extends unknown[]>(delay: number, callback: (...args: A) => unknown, ...args: A): TimerHandleLike
  callLater<A extends unknown[]>(
    delay: number,
    callback: (...args: A) => unknown,
    ...args: WithOptions<A>
  ): TimerHandleLike
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandleLike
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: WithOptions<A>): TimerHandleLike
  /** The loop's clock, in seconds. */
  time(): number

  createFuture<T>(): FutureLike<T>
  createTask<T>(coroutine: CoroutineLike<T>, options?: TaskOptions): TaskLike<T>
  setTaskFactory(factory: TaskFactory | null): void
  getTaskFactory(): TaskFactory | null

  setExceptionHandler(handler: ExceptionHandler | null): void
  getExceptionHandler(): ExceptionHandler | null
  defaultExceptionHandler(context: ExceptionContext): void
  callExceptionHandler(context: ExceptionContext): void

  getDebug(): boolean
  setDebug(enabled: boolean): void
  /** The duration in seconds from which debug mode reports a callback as slow. */
  slowCallbackDuration: number

  isRunning(): boolean
  isClosed(): boolean

  /** Runs exactly one iteration: the callbacks that are ready and the timers that are due. */
  turn(): void
  /** The seconds until {@link turn} has something to do: 0 when it has, `null` when nothing is scheduled. */
  nextTimeout(): number | null
}

/** The arguments of a callback, and an options object after them. */
export type WithOptions<A extends unknown[]> = [...A, CallbackOptions]

/** Options of the methods that schedule a callback. */
export interface CallbackOptions {
  /** The context the callback runs in; a copy of the caller's when absent. */
  context: ContextLike
}

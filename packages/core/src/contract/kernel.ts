/**
 * What independently installed copies of core may assume of each other's objects, protocol version 1.
 *
 * Names that begin with an underscore are not for users. They are properties, not private fields, because the
 * task of one copy must be able to wait on the future of another.
 */
import type { CancelTarget, Rebindable } from './cancel-target.ts'
import type { ContextLike, ContextValues } from './context.ts'
import type { EventLoop, TaskOptions } from './event-loop.ts'
import type { Executor } from './executor.ts'
import type { FutureLike, TaskLike } from './future.ts'
import type { TaskFrame } from './task-frame.ts'

/** Something that the ready queue can run. It may not throw. */
export interface Runnable {
  run(): void
  /** What to queue in its place when what it waited for has failed or was cancelled, if it matters which that was. */
  _ofFailed?(future: KernelFuture): Runnable
}

/** What is ready to run, in the order in which `shift` hands it out: first in, first out, but where tests choose. */
export interface ReadyItems {
  /** How many items the turn that begins now may run. */
  readonly size: number
  push(item: Runnable): void
  /** Takes the item that runs next. There is one. */
  shift(): Runnable
  clear(): void
}

/** 0 pending, 1 finished with a result, 2 finished with an error, 3 cancelled. Leaves 0 once and for all. */
export type FutureState = 0 | 1 | 2 | 3

/** What the loop's timers are made of. */
export interface KernelTimer extends Runnable {
  /** The deadline in seconds on the loop's clock. */
  readonly _when: number
  _cancelled: boolean
  /** Whether the loop holds it. */
  _scheduled: boolean
}

export interface KernelFuture<T = unknown> extends FutureLike<T> {
  readonly _loop: KernelLoop
  readonly _state: FutureState
  /** The result in state 1, the error in state 2. */
  readonly _value: unknown
  /** True between a `yield*` that hands the future over and the task that takes it: tells `yield*` from `yield`. */
  _blocking: boolean
  /** Whether it is the wait for a part of the task, which a cancel of the task reaches by itself. */
  readonly _passesCancel?: boolean
  /** Queues `waiter` when the future is done. The future must be pending. */
  _addWaiter(waiter: Runnable): void
  _removeWaiter(waiter: Runnable): void
  /** Whether its error has been retrieved, or there is none. */
  readonly _isRetrieved: boolean
  /** The error that a wait on this future ends with; marks it as seen. */
  _takeError(): unknown
}

/** Called in every call of a task's `cancel`. */
export type CancelListener = (error: unknown) => void

export interface KernelTask<T = unknown> extends KernelFuture<T>, TaskLike<T> {
  /** What the task waits for, as far as that is known. */
  readonly _waiter: KernelFuture | null
  /** A cancel that no await has delivered yet. */
  _mustCancel: boolean
  /** The user's AsyncLocalStorage stores at creation, when there are any. */
  readonly _scope: Scope | null
  /** The context the task runs in; made when first asked for. */
  readonly _context: ContextLike
  /** The same, but `null` as long as it has not been asked for. */
  readonly _ownContext: ContextLike | null
  /** The values in the task's context. */
  _contextValues(): ContextValues
  /** Links of the loop's list of tasks that are not done. */
  _previous: KernelTask | null
  _next: KernelTask | null
  /** Tells whether an await made in the task's async context belongs to the task itself. */
  _ownsFlow(): boolean
  /** Notes that the task waits on `future`, so that `cancel` reaches it. */
  _park(future: KernelFuture): void
  /** Notes that `future` has been delivered. */
  _unpark(future: KernelFuture): void
  /** Tells whether `error` is that of an operation of the host which a signal of the task has aborted. */
  _isAbortByCancel(error: unknown): boolean
  /** For scopes inside the task that have signals of their own; the returned function ends it. */
  _onCancel(listener: CancelListener): () => void
  /** Consumes the pending cancel and returns the error to throw. */
  _takeCancel(): unknown
  /** Whether the pending cancel has still to be thrown: an operation that its signal aborted may have thrown it. */
  _owesCancel(): boolean
  /** The task of the waits that the task does not own: those that outlived it, and others begun in its async context. */
  _leftover(): KernelTask | null
  /** Whether it is such a task. */
  readonly _isLeftover: boolean
  /** Keeps a leftover task going while `part` of an ended task is under way. */
  _addPart(part: LeftoverPart): void
  _removePart(part: LeftoverPart): void
}

/** A coroutine that an async function awaited, and that goes on after the end of its task. */
export interface LeftoverPart {
  /** Throws `error` into the coroutine when it goes on, and returns true, if it waits for nothing but the next turn. */
  interrupt(error: unknown): boolean
}

export interface KernelLoop extends EventLoop {
  /** Appends to the ready queue and makes sure that the loop will turn. */
  _enqueue(item: Runnable): void
  /** Whether debug mode is on. */
  readonly _debug: boolean
  _checkClosed(): void
  /**
   * Ends whatever runs the loop, with an error that ends programs: KeyboardInterrupt or SystemExit.
   *
   * @returns false when nothing does: the error stays where it is
   */
  _interrupt(error: unknown): boolean
  _registerTask(task: KernelTask): void
  _unregisterTask(task: KernelTask): void
  _firstTask: KernelTask | null
  /** The options of a future of this loop. */
  readonly _own: { readonly loop: KernelLoop }
  _addTimer(timer: KernelTimer): void
  _timerCancelled(): void
}

/** A saved asynchronous context of the host. */
export interface Scope {
  runInAsyncScope<This, A extends unknown[], R>(fn: (this: This, ...args: A) => R, thisArg: This, ...args: A): R
}

/** The part of AsyncLocalStorage that tracks which task an async function belongs to. */
export interface FlowStorage {
  run<A extends unknown[], R>(task: KernelTask | undefined, fn: (...args: A) => R, ...args: A): R
  getStore(): KernelTask | undefined
}

/** A call of a compiled function whose first step is running. */
export interface StartingCall {
  readonly _task: KernelTask | null
  _enter(scope: Rebindable): void
  _leave(scope: Rebindable): void
}

/** How calls of compiled functions become tasks. */
export interface CallAdoption {
  /** Makes `task` the one that goes on with a call; false when it is no call that could still become a task. */
  adopt(task: KernelTask, coroutine: unknown): boolean
  /** The functions that a call is in the middle of, the outermost first; `null` when it is no call. */
  framesOf(steps: unknown): TaskFrame[] | null
  /** The task that goes on with a call already, when it was made outside of tasks in this very step. */
  taskOf(coroutine: unknown, loop: KernelLoop, options: TaskOptions | undefined): KernelTask | null
}

/** The same, for hosts without AsyncLocalStorage: it has to be told where async functions go on. */
export interface FlowFollower extends FlowStorage {
  enter<A extends unknown[], R>(task: KernelTask | undefined, fn: (...args: A) => R, ...args: A): R
  follow(task: KernelTask | undefined): void
  /** @param awaited - what is awaited in a function of which is not known to which task it belongs */
  noteUnknownAwait(awaited: unknown): void
}

/** The state that every copy of core in the process shares. */
export interface Runtime {
  /** The task whose step is running right now, in this very call stack. */
  task: KernelTask | null
  /** The context of the step or handle that is running right now. */
  context: ContextLike | null
  /** The context of code outside every task and handle. */
  rootContext: ContextLike | null
  /** The loop whose turn is running right now. */
  loop: KernelLoop | null
  /** The loop that `run` drives; tasks of async functions find it between their steps. */
  running: KernelLoop | null
  /** The loop set by `setEventLoop`. */
  current: KernelLoop | null
  /** The loop that code outside `run` uses, made when first needed. */
  ambient: KernelLoop | null
  newAmbientLoop: (() => KernelLoop) | null
  /** Makes the default executor of a loop; set by the package that has executors. */
  newDefaultExecutor: (() => Executor) | null
  /** Follows tasks through async functions; `null` until the first one starts, or where the host has no such thing. */
  flows: FlowStorage | null
  /** The part of a task whose step is running: it is a part of {@link task}, or out of date. */
  part?: (CancelTarget & { readonly _task: KernelTask }) | null
  /** The call of a compiled function whose first step is running: it is not decided yet what goes on with it. */
  starting?: StartingCall | null
  /** Set once there are compiled functions. */
  calls?: CallAdoption
  /** What `flows` is where the host has no AsyncLocalStorage; `null` elsewhere. */
  follower: FlowFollower | null
  /**
   * The cancels that were thrown at awaits of async functions, and whether a task awaited there: the host must not
   * report them as unhandled rejections. `null` until there is one.
   */
  thrown: WeakMap<object, boolean> | null
  /** Set by whatever lets an async function go on: the pump then lets microtasks run before the next turn. */
  microtasks: boolean
  /** Above zero while a pump is turning, and will therefore advance `epoch` by itself. */
  pumping: number
  /** Counts macrotasks, so that a task parked in an earlier one can be told from a task that is running. */
  epoch: number
  /** Counts the slices of turns of every pump. */
  ticks: number
  taskCount: number
  /** The number of open loops in debug mode: zero makes every check for it one comparison. */
  debugLoops: number
}

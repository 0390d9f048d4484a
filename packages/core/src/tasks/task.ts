import type { Suspension } from '../contract/awaitable.ts'
import type { ContextLike, ContextValues } from '../contract/context.ts'
import type { CoroutineFunction, CoroutineLike } from '../contract/coroutine.ts'
import type { EventLoop, TaskOptions } from '../contract/event-loop.ts'
import type { CancelListener, KernelFuture, KernelLoop, KernelTask, Scope } from '../contract/kernel.ts'
import { badYield } from '../futures/bad-yield.ts'
import { Context, currentValues } from '../context/context.ts'
import { coroutineName } from '../coroutine-name.ts'
import { endEpochWithMacrotask } from '../host/macrotask-count.ts'
import { CancelledError, isCancelled, KeyboardInterrupt, RuntimeError } from '../errors/errors.ts'
import { enterFlow } from '../host/async-function-task.ts'
import { Future } from '../futures/future.ts'
import { isCoroutine, isGeneratorFunction, isPromiseLike } from '../is-coroutine.ts'
import { isFuture } from '../is-future.ts'
import { notACoroutine } from './not-a-coroutine.ts'
import { isNativeWait } from '../native-wait.ts'
import type { NativeWait } from '../native-wait.ts'
import { noteOrigin } from '../origins.ts'
import { RareTaskState } from './rare-task-state.ts'
import type { Thrown } from './rare-task-state.ts'
import { cancelError } from '../futures/reaction.ts'
import { functionName, reprOf } from '../repr.ts'
import { getRunningLoop } from '../running-loop.ts'
import { runtime } from '../runtime.ts'
import { captureScope } from '../host/user-stores.ts'
import { cancelParts, leaveParts } from './task-parts.ts'
import { cancelBehind, isAbortByCancel, linkSignal, makeTaskController } from './task-signal.ts'
import { watchUndelivered } from './undelivered-cancel.ts'

type Steps = Iterator<Suspension, unknown, unknown>

/** Options of the `Task` constructor. */
export interface NewTaskOptions extends TaskOptions {
  loop?: EventLoop | undefined
}

/**
 * Runs a coroutine, and is the future of what it returns.
 *
 * The first step runs in the next turn, after everything that was ready before. A task that waits is woken one turn
 * after what it waits for is done. Tasks are held by their loop until they are done.
 *
 * **Cancellation** {@link cancel} throws a CancelledError at the await that the task is parked at.
 * **Differences from CPython** A function is taken as well as a coroutine object, and the loop holds the task strongly.
 * A task whose async function is parked on a foreign promise is cancelled at its next await of this library's
 * awaitables, and at once where {@link signal} was passed on.
 * @see https://docs.python.org/3/library/asyncio-task.html#task-object
 */
export class Task<T = unknown> extends Future<T> implements KernelTask<T> {
  // Invariant T1: not done ⇒ exactly one of {queued, waiting on a future, in a native promise} holds.
  // Invariant T2: `_waiter` is the future whose waiters include this task's driver, and is null while queued for
  // another reason.
  declare _waiter: KernelFuture | null
  declare _mustCancel: boolean
  declare _previous: KernelTask | null
  declare _next: KernelTask | null
  declare _ownContext: ContextLike | null
  /** What the context it was made in held. Most tasks never set a variable, and need no context of their own. */
  declare private readonly _inherited: ContextValues | null
  declare readonly _scope: Scope | null
  declare private _parkedAt: number
  declare private _coroutine: CoroutineLike<T> | null
  /** What is stepped through, from the first step to the last. */
  declare private _steps: Steps | null
  declare private _cancelRequests: number
  declare private _name: string | number
  declare private _rareState: RareTaskState | null

  /**
   * @param coroutine - a coroutine object, a generator object, or a function that returns a generator, a promise or
   * an awaitable
   * @throws TypeError when it is anything else: a promise, above all, is running already
   */
  constructor(coroutine: CoroutineLike<T>, options?: NewTaskOptions, owner?: KernelLoop) {
    if (typeof coroutine !== 'function' && !isCoroutine(coroutine)) throw notACoroutine(coroutine)
    super(owner === undefined ? (options?.loop === undefined ? getRunningLoop()._own : options) : owner._own)
    const loop = this._loop
    loop._checkClosed()
    const context = options?.context
    this._waiter = null
    this._mustCancel = false
    this._previous = null
    this._next = null
    this._ownContext = context ?? null
    this._inherited = context === undefined ? currentValues() : null
    this._scope = captureScope()
    this._parkedAt = -1
    this._coroutine = coroutine
    this._steps = null
    this._cancelRequests = 0
    this._name = options?.name ?? ++runtime.taskCount
    this._rareState = null
    loop._registerTask(this)
    if (loop._debug) noteOrigin(this)
    if (options?.signal) this._rare().unlink = linkSignal(this, options.signal)
    // A call that has begun is parked at once, as an eager task is.
    const isBegun = runtime.calls?.adopt(this, coroutine) === true
    if (isBegun || (options?.eagerStart === true && loop.isRunning())) this._startEagerly()
    else loop._enqueue(this)
  }

  /**
   * Asks the task to end: a CancelledError is thrown at the await it is parked at.
   *
   * Each call is delivered. A coroutine may catch the error, and must rethrow it when it has cleaned up.
   *
   * @param message - becomes the message of the CancelledError
   * @param options.reason - becomes its `cause`
   * @returns false when the task is done already
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.cancel
   */
  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    if (this._state !== 0) return super.cancel()
    this._cancelRequests++
    cancelParts(this, message, options)
    let delivered = this._waiter !== null && this._waiter.cancel(message, options)
    if (this._rareState !== null || message !== undefined || options?.reason !== undefined) {
      const rare = this._rare()
      for (const future of rare.alsoWaiting) delivered = future.cancel(message, options) || delivered
      rare.cancelMessage = message
      rare.cancelReason = options?.reason
    }
    if (!delivered) {
      this._mustCancel = true
      watchUndelivered(this)
    }
    this._rareState?.cancelled()
    return true
  }

  /** The number of calls of {@link cancel} less those of {@link uncancel}. */
  cancelling(): number {
    return this._cancelRequests
  }

  /**
   * Takes one request to cancel back, and returns how many are left. At zero a request that no await has delivered yet
   * is dropped.
   *
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.uncancel
   */
  uncancel(): number {
    if (this._cancelRequests > 0 && --this._cancelRequests === 0) this._mustCancel = false
    return this._cancelRequests
  }

  /**
   * Aborts when the task is cancelled. After an abort the next read gives a fresh signal.
   *
   * @example
   * const response = await fetch(url, { signal: currentTask()!.signal })
   */
  get signal(): AbortSignal {
    const rare = this._rare()
    const { signal } = (rare.controller ??= makeTaskController(this))
    if (this._mustCancel) rare.abort()
    return signal
  }

  getName(): string {
    return typeof this._name === 'string' ? this._name : `Task-${this._name}`
  }

  setName(name: string): void {
    this._name = String(name)
  }

  /** What the task runs; `null` when it was done before it left its constructor. */
  getCoro(): CoroutineLike<T> | null {
    return this._coroutine
  }

  getContext(): ContextLike {
    return this._context
  }

  get _context(): ContextLike {
    return (this._ownContext ??= new Context(this._inherited!))
  }

  _contextValues(): ContextValues {
    return (this._ownContext as Context | null)?._values ?? this._inherited!
  }

  /** @throws {@link RuntimeError}, always: a task's result is what its coroutine returns */
  override setResult(): never {
    throw new RuntimeError('Task does not support setResult: its result is what its coroutine returns.')
  }

  /** @throws {@link RuntimeError}, always: a task's error is what its coroutine throws */
  override setException(): never {
    throw new RuntimeError('Task does not support setException: its error is what its coroutine throws.')
  }

  /** Runs one step. The loop calls it; nobody else may. */
  run(): void {
    if (this._scope === null) this._wake()
    else this._scope.runInAsyncScope(this._wake, this)
  }

  private _wake(): void {
    const waiter = this._waiter
    this._waiter = null
    if (this._mustCancel) this._step({ error: cancelError(this, waiter) })
    else if (waiter !== null && waiter._state > 1) this._step({ error: waiter._takeError() })
    else this._step(this._takeThrown())
  }

  private _takeThrown(): Thrown | null {
    const rare = this._rareState
    if (rare === null) return null
    const { thrown } = rare
    rare.thrown = null
    return thrown
  }

  private _step(thrown: Thrown | null): void {
    runtime.task = this
    runtime.context = this._ownContext
    let result
    try {
      const steps = this._steps
      if (steps === null) result = this._begin(thrown)
      else if (thrown === null) result = steps.next()
      else result = steps.throw!(thrown.error)
    } catch (error) {
      runtime.task = null
      runtime.context = null
      this._fail(error)
      return
    }
    runtime.task = null
    runtime.context = null
    if (result === null) return
    if (result.done === true) this._finish(result.value as T)
    else this._suspend(result.value)
  }

  private _suspend(value: unknown): void {
    if (isFuture(value)) {
      if (value._blocking && value._loop === this._loop && value !== (this as KernelFuture)) {
        value._blocking = false
        value._addWaiter(this)
        this._waiter = value
        if (this._mustCancel && this._cancelFuture(value)) this._mustCancel = false
        return
      }
    } else if (value === undefined || value === null) {
      this._loop._enqueue(this)
      return
    } else if (isNativeWait(value)) {
      this._follow(value)
      return
    }
    this._rare().thrown = { error: badYield(this, value) }
    this._loop._enqueue(this)
  }

  /** Goes on in the microtask in which the task's own async code ends: no turn passes, as none does in CPython. */
  private _follow(wait: NativeWait): void {
    wait.promise.then(
      (value) => {
        wait.value = value
        this._resume(null)
      },
      (error: unknown) => this._resume({ error }),
    )
  }

  private _resume(thrown: Thrown | null): void {
    const { loop, task, context } = runtime
    runtime.loop = this._loop
    if (this._scope === null) this._step(thrown)
    else this._scope.runInAsyncScope(this._step, this, thrown)
    runtime.loop = loop
    runtime.task = task
    runtime.context = context
  }

  private _startEagerly(): void {
    const { loop, task, context } = runtime
    runtime.loop = this._loop
    this._wake()
    runtime.loop = loop
    runtime.task = task
    runtime.context = context
    if (this._state !== 0) this._coroutine = null
  }

  /** The first step. Nothing of the coroutine has run before. */
  private _begin(thrown: Thrown | null): IteratorResult<Suspension, unknown> | null {
    const coroutine = this._coroutine!
    if (typeof coroutine === 'function') return this._call(coroutine, thrown)
    if (thrown !== null) return coroutine.throw(thrown.error)
    return (this._steps = coroutine[Symbol.iterator]()).next()
  }

  private _call(fn: CoroutineFunction<T>, thrown: Thrown | null): IteratorResult<Suspension, unknown> | null {
    if (thrown !== null) throw thrown.error
    const made: unknown = isGeneratorFunction(fn) ? fn(this) : enterFlow(this, fn, this)
    if (isCoroutine(made) || isFuture(made)) {
      this._steps = made[Symbol.iterator]()
      return this._steps.next()
    }
    if (!isPromiseLike(made)) {
      throw new TypeError(
        `${functionName(fn)}() returned ${reprOf(made)}: a task runs a function that returns a generator, a promise or an awaitable.`,
      )
    }
    runtime.microtasks = true
    made.then(
      (value) => this._finish(value as T),
      (error: unknown) => this._fail(error),
    )
    return null
  }

  private _finish(value: T): void {
    if (this._mustCancel) {
      // The coroutine threw nothing: whoever waits gets an error of the message, each its own.
      const cancel = this._takeCancel() as CancelledError
      this._settle(3, cancel.cause === undefined ? cancel.message : cancel)
    } else this._settle(1, value)
    this._leave()
  }

  private _fail(error: unknown): void {
    if (isCancelled(error)) this._settle(3, error)
    else if (this._cancelRequests > 0 && this._isAbortByCancel(error)) this._settle(3, cancelBehind(error))
    else this._settle(2, error)
    if (error instanceof KeyboardInterrupt) this._loop._interrupt(error)
    this._leave()
  }

  private _leave(): void {
    this._mustCancel = false
    this._loop._unregisterTask(this)
    this._steps = null
    leaveParts(this)
    this._rareState?.unlink?.()
    if (this._rareState !== null) this._rareState.unlink = this._rareState.controller = null
  }

  private _cancelFuture(future: KernelFuture): boolean {
    const reason = this._rareState?.cancelReason
    return future.cancel(this._rareState?.cancelMessage, reason === undefined ? undefined : { reason })
  }

  _takeCancel(): unknown {
    this._mustCancel = false
    return this._rareState === null ? new CancelledError() : this._rareState.makeCancelledError()
  }

  _onCancel(listener: CancelListener): () => void {
    return this._rare().listen(listener)
  }

  _isAbortByCancel(error: unknown): boolean {
    return isAbortByCancel(error, this._rareState?.wasAborted === true)
  }

  _ownsFlow(): boolean {
    return this._waiter === null || this._parkedAt === runtime.epoch
  }

  _park(future: KernelFuture): void {
    if (this._waiter === null) {
      this._waiter = future
      this._parkedAt = runtime.epoch
      endEpochWithMacrotask()
    } else this._rare().alsoWaiting.push(future)
  }

  _unpark(future: KernelFuture): void {
    const waiter = this._waiter
    this._waiter = null
    if (waiter === future || this._rareState === null) return
    const others = this._rareState.alsoWaiting
    const index = others.indexOf(future)
    if (index >= 0) others.splice(index, 1)
    // A wait that lost a race stays within reach of cancel, and no longer counts as what the task is parked on.
    if (waiter !== null) others.push(waiter)
  }

  private _rare(): RareTaskState {
    return (this._rareState ??= new RareTaskState())
  }

  override _kind(): string {
    return 'Task'
  }

  override _label(error: unknown): string {
    return `Task finished name='${this.getName()}' exception=${reprOf(error)}`
  }

  override _describe(): string[] {
    const parts = super._describe()
    if (this._state === 0 && this._cancelRequests > 0) parts[0] = 'cancelling'
    const extra = [`name=${reprOf(this.getName())}`, `coro=<${coroutineName(this._coroutine)}>`]
    if (this._waiter !== null) extra.push(`wait_for=${reprOf(this._waiter)}`)
    return [parts[0]!, ...extra, ...parts.slice(1)]
  }
}

/* eslint max-lines: ['error', 420] */
import type { Suspension } from '../contract/awaitable.ts'
import type { ContextLike, ContextValues } from '../contract/context.ts'
import type { Coroutine, CoroutineFunction, CoroutineLike } from '../contract/coroutine.ts'
import type { EventLoop, TaskOptions } from '../contract/event-loop.ts'
import type { KernelFuture, KernelLoop, KernelTask, Scope } from '../contract/kernel.ts'
import { badYield } from '../futures/bad-yield.ts'
import { Context, currentValues } from '../context/context.ts'
import { coroutineName } from '../coroutine-name.ts'
import type { CancelledError } from '../errors/errors.ts'
import { isCancelled, isInterruption, RuntimeError } from '../errors/errors.ts'
import { cancelBehind } from '../errors/is-abort-by-cancel.ts'
import { enterFlow } from '../host/async-function-task.ts'
import { isCoroutine, isGeneratorFunction, isPromiseLike } from '../is-coroutine.ts'
import { isFuture } from '../is-future.ts'
import { notACoroutine } from './not-a-coroutine.ts'
import { isNativeWait } from '../native-wait.ts'
import type { NativeWait } from '../native-wait.ts'
import { noteOrigin } from '../origins.ts'
import type { Thrown } from './thrown.ts'
import { cancelError } from '../futures/reaction.ts'
import { functionName, reprOf } from '../repr.ts'
import { getRunningLoop } from '../running-loop.ts'
import { runtime } from '../runtime.ts'
import { captureScope } from '../host/user-stores.ts'
import type { Leftover } from './leftover.ts'
import { linkSignal } from './task-signal.ts'
import { leaveParts } from './task-parts.ts'
import { TaskWaits } from './task-waits.ts'

type Steps = Iterator<Suspension, unknown, unknown>

/** Options of the `Task` constructor. */
export interface NewTaskOptions extends TaskOptions {
  loop?: EventLoop | undefined
}

/**
 * Runs a coroutine, and is the future of its result.
 *
 * The first step runs in the next turn, after everything that was ready before. A task that waits resumes one turn
 * after what it waits for is done. The loop holds its tasks until they are done.
 *
 * @remarks
 * **Cancellation** {@link cancel} throws a CancelledError at the await that the task is parked at.
 * **Differences from CPython** A function is taken as well as a coroutine object, and the loop holds the task strongly.
 * A task whose async function is parked on a foreign promise is cancelled at its next await of this library's
 * awaitables, and at once where {@link signal} was passed on.
 * @see https://docs.python.org/3/library/asyncio-task.html#task-object
 */
export class Task<T = unknown> extends TaskWaits<T> implements KernelTask<T> {
  // Invariant TASK-1: not done ⇒ exactly one of {queued, waiting on a future, in a native promise} holds.
  // Invariant TASK-2: `_waiter` is the future whose waiters include this task's driver, and is null while queued for
  // another reason.
  declare _previous: KernelTask | null
  declare _next: KernelTask | null
  declare _ownContext: ContextLike | null
  /** What the context it was made in held. Most tasks never set a variable, and need no context of their own. */
  declare private readonly _inherited: ContextValues | null
  declare readonly _scope: Scope | null
  declare private _coroutine: CoroutineLike<T> | null
  /** What is stepped through, from the first step to the last. */
  declare private _steps: Steps | null
  declare private _name: string | number

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
    this._previous = null
    this._next = null
    this._ownContext = context ?? null
    this._inherited = context === undefined ? currentValues() : null
    this._scope = captureScope()
    this._coroutine = coroutine
    this._steps = null
    this._name = options?.name ?? ++runtime.taskCount
    loop._registerTask(this)
    if (loop._debug) noteOrigin(this)
    if (options?.signal) this._rare().unlink = linkSignal(this, options.signal)
    // A call that has begun is parked at once, as an eager task is.
    const isBegun = runtime.calls?.adopt(this, coroutine) === true
    if (isBegun || (options?.eagerStart === true && loop.isRunning())) this._startEagerly()
    else loop._enqueue(this)
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

  /** Runs one step. Only the loop may call it. */
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
    // Without a parameter that has no default, the function does not ask for the task.
    const args = fn.length > 0 ? ([this] as const) : ([] as unknown as readonly [this])
    const made: unknown = isGeneratorFunction(fn) ? fn(...args) : enterFlow(this, fn, ...args)
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
    if (this._mustCancel && this._owesCancel()) {
      // The coroutine threw nothing: each waiter gets an error of its own with the message.
      const cancel = this._takeCancel() as CancelledError
      this._settle(3, cancel.cause === undefined ? cancel.message : cancel)
    } else this._settle(1, value)
    this._leave()
  }

  private _fail(error: unknown): void {
    if (isCancelled(error)) this._settle(3, error)
    else if (this._cancelRequests > 0 && this._isAbortByCancel(error)) this._settle(3, cancelBehind(error))
    else this._settle(2, error)
    if (isInterruption(error) && this._loop._interrupt(error)) this._markRetrieved()
    this._leave()
  }

  private _leave(): void {
    this._mustCancel = false
    this._loop._unregisterTask(this)
    this._steps = null
    leaveParts(this)
    const rare = this._rareState
    if (this._waiter !== null || (rare !== null && rare.alsoWaiting.size > 0)) this._leaveBehind()
    if (rare === null) return
    rare.unlink?.()
    rare.unlink = rare.controller = null
  }

  protected override _newLeftover(remains: Leftover): Task<void> {
    // A task steps through any iterator; the type asks for a generator's disposal, which nobody calls here.
    const coroutine = remains as unknown as Coroutine<void>
    return new Task<void>(coroutine, { name: `${this.getName()} (left over)` }, this._loop)
  }

  protected override _runs(): unknown {
    return this._steps ?? this._coroutine
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

import type { Suspension } from './contract/awaitable.ts'
import type { ContextLike } from './contract/context.ts'
import type { CoroutineFunction, CoroutineLike } from './contract/coroutine.ts'
import type { EventLoop, TaskOptions } from './contract/event-loop.ts'
import type { KernelFuture, KernelLoop, KernelTask, Scope } from './contract/kernel.ts'
import { badYield } from './bad-yield.ts'
import { copyContext } from './context.ts'
import { coroutineName } from './coroutine-name.ts'
import { endEpochWithMacrotask } from './epoch.ts'
import { CancelledError, isCancelled, KeyboardInterrupt, RuntimeError } from './errors.ts'
import { enterFlow } from './flow.ts'
import { Future } from './future.ts'
import { isCoroutine, isGeneratorFunction, isPromiseLike } from './is-coroutine.ts'
import { isFuture } from './is-future.ts'
import { notACoroutine } from './not-a-coroutine.ts'
import { isNativeWait } from './native-wait.ts'
import type { NativeWait } from './native-wait.ts'
import { noteOrigin } from './origins.ts'
import { cancelError } from './reaction.ts'
import { functionName, reprOf } from './repr.ts'
import { getRunningLoop } from './running-loop.ts'
import { runtime } from './runtime.ts'
import { captureScope } from './scope.ts'
import { isAbortByCancel, linkSignal, makeTaskController } from './task-signal.ts'

type Steps = Iterator<Suspension, unknown, unknown>

/** An error to throw into the coroutine at its next step, where `undefined` could itself have been thrown. */
interface Thrown {
  error: unknown
}

/** What most tasks never need: kept apart, so that a task that only waits stays small. */
interface Rarities {
  /** Waits beside `_waiter`: what an async function began in one go, as `Promise.all` does. */
  alsoWaiting: KernelFuture[]
  thrown: Thrown | null
  cancelMessage: string | undefined
  cancelReason: unknown
  controller: AbortController | null
  unlink: (() => void) | null
}

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
  _waiter: KernelFuture | null = null
  _mustCancel = false
  _previous: KernelTask | null = null
  _next: KernelTask | null = null
  readonly _context: ContextLike
  readonly _scope: Scope | null
  #parkedAt = -1
  #coroutine: CoroutineLike<T> | null
  #steps: Steps | null
  #cancelRequests = 0
  #name: string | number
  #rarities: Rarities | null = null

  /**
   * @param coroutine - a coroutine object, a generator object, or a function that returns a generator, a promise or
   * an awaitable
   * @throws TypeError when it is anything else: a promise, above all, is running already
   */
  constructor(coroutine: CoroutineLike<T>, options?: NewTaskOptions, owner?: KernelLoop) {
    const isFunction = typeof coroutine === 'function'
    if (!isFunction && !isCoroutine(coroutine)) throw notACoroutine(coroutine)
    super(owner === undefined ? (options?.loop === undefined ? getRunningLoop()._own : options) : owner._own)
    const loop = this._loop
    loop._checkClosed()
    this.#coroutine = coroutine
    this.#steps = isFunction ? null : coroutine[Symbol.iterator]()
    this.#name = options?.name ?? ++runtime.taskCount
    this._context = options?.context ?? copyContext()
    this._scope = captureScope()
    loop._registerTask(this)
    if (loop._debug) noteOrigin(this)
    if (options?.signal) this.#rare().unlink = linkSignal(this, options.signal)
    if (options?.eagerStart === true && loop.isRunning()) this.#startEagerly()
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
    this.#cancelRequests++
    let delivered = this._waiter !== null && this._waiter.cancel(message, options)
    if (this.#rarities !== null || message !== undefined || options?.reason !== undefined) {
      const rare = this.#rare()
      for (const future of rare.alsoWaiting) delivered = future.cancel(message, options) || delivered
      rare.cancelMessage = message
      rare.cancelReason = options?.reason
    }
    if (!delivered) this._mustCancel = true
    this.#abort()
    return true
  }

  /** The number of calls of {@link cancel} less those of {@link uncancel}. */
  cancelling(): number {
    return this.#cancelRequests
  }

  /**
   * Takes one request to cancel back, and returns how many are left. At zero a request that no await has delivered yet
   * is dropped.
   *
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.uncancel
   */
  uncancel(): number {
    if (this.#cancelRequests > 0 && --this.#cancelRequests === 0) this._mustCancel = false
    return this.#cancelRequests
  }

  /**
   * Aborts when the task is cancelled. After an abort the next read gives a fresh signal.
   *
   * @example
   * const response = await fetch(url, { signal: currentTask()!.signal })
   */
  get signal(): AbortSignal {
    const rare = this.#rare()
    const { signal } = (rare.controller ??= makeTaskController(this))
    if (this._mustCancel) this.#abort()
    return signal
  }

  getName(): string {
    return typeof this.#name === 'string' ? this.#name : `Task-${this.#name}`
  }

  setName(name: string): void {
    this.#name = String(name)
  }

  /** What the task runs; `null` when it was done before it left its constructor. */
  getCoro(): CoroutineLike<T> | null {
    return this.#coroutine
  }

  getContext(): ContextLike {
    return this._context
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
    if (this._scope === null) this.#wake()
    else this._scope.runInAsyncScope(this.#wake, this)
  }

  #wake(): void {
    const waiter = this._waiter
    this._waiter = null
    if (this._mustCancel) this.#step({ error: cancelError(this, waiter) })
    else if (waiter !== null && waiter._state > 1) this.#step({ error: waiter._takeError() })
    else this.#step(this.#takeThrown())
  }

  #takeThrown(): Thrown | null {
    const rare = this.#rarities
    if (rare === null) return null
    const { thrown } = rare
    rare.thrown = null
    return thrown
  }

  #step(thrown: Thrown | null): void {
    runtime.task = this
    runtime.context = this._context
    let result
    try {
      const steps = this.#steps
      if (steps === null) result = this.#call(thrown)
      else if (thrown === null) result = steps.next()
      else result = steps.throw!(thrown.error)
    } catch (error) {
      runtime.task = null
      runtime.context = null
      this.#fail(error)
      return
    }
    runtime.task = null
    runtime.context = null
    if (result === null) return
    if (result.done === true) this.#finish(result.value as T)
    else this.#suspend(result.value)
  }

  #suspend(value: unknown): void {
    if (isFuture(value)) {
      if (value._blocking && value._loop === this._loop && value !== (this as KernelFuture)) {
        value._blocking = false
        value._addWaiter(this)
        this._waiter = value
        if (this._mustCancel && this.#cancelFuture(value)) this._mustCancel = false
        return
      }
    } else if (value === undefined || value === null) {
      this._loop._enqueue(this)
      return
    } else if (isNativeWait(value)) {
      this.#follow(value)
      return
    }
    this.#rare().thrown = { error: badYield(this, value) }
    this._loop._enqueue(this)
  }

  /** Goes on in the microtask in which the task's own async code ends: no turn passes, as none does in CPython. */
  #follow(wait: NativeWait): void {
    wait.promise.then(
      (value) => {
        wait.value = value
        this.#resume(null)
      },
      (error: unknown) => this.#resume({ error }),
    )
  }

  #resume(thrown: Thrown | null): void {
    const { loop, task, context } = runtime
    runtime.loop = this._loop
    if (this._scope === null) this.#step(thrown)
    else this._scope.runInAsyncScope(this.#step, this, thrown)
    runtime.loop = loop
    runtime.task = task
    runtime.context = context
  }

  #startEagerly(): void {
    const { loop, task, context } = runtime
    runtime.loop = this._loop
    this.#wake()
    runtime.loop = loop
    runtime.task = task
    runtime.context = context
    if (this._state !== 0) this.#coroutine = null
  }

  /** The first step of a task that was given a function. */
  #call(thrown: Thrown | null): IteratorResult<Suspension, unknown> | null {
    if (thrown !== null) throw thrown.error
    const fn = this.#coroutine as CoroutineFunction<T>
    const made: unknown = isGeneratorFunction(fn) ? fn(this) : enterFlow(this, fn, this)
    if (isCoroutine(made) || isFuture(made)) {
      this.#steps = made[Symbol.iterator]()
      return this.#steps.next()
    }
    if (!isPromiseLike(made)) {
      throw new TypeError(
        `${functionName(fn)}() returned ${reprOf(made)}: a task runs a function that returns a generator, a promise or an awaitable.`,
      )
    }
    runtime.microtasks = true
    made.then(
      (value) => this.#finish(value as T),
      (error: unknown) => this.#fail(error),
    )
    return null
  }

  #finish(value: T): void {
    if (this._mustCancel) this._settle(3, this._takeCancel())
    else this._settle(1, value)
    this.#leave()
  }

  #fail(error: unknown): void {
    if (isCancelled(error)) this._settle(3, error)
    else if (this.#cancelRequests > 0 && isAbortByCancel(error)) this._settle(3, (error as Error).cause)
    else this._settle(2, error)
    if (error instanceof KeyboardInterrupt) this._loop._interrupt(error)
    this.#leave()
  }

  #leave(): void {
    this._mustCancel = false
    this._loop._unregisterTask(this)
    this.#steps = null
    this.#rarities?.unlink?.()
    if (this.#rarities !== null) this.#rarities.unlink = this.#rarities.controller = null
  }

  #abort(): void {
    const rare = this.#rarities
    if (rare === null || rare.controller === null) return
    const { controller } = rare
    rare.controller = null
    controller.abort(this.#makeCancelledError())
  }

  #cancelFuture(future: KernelFuture): boolean {
    const reason = this.#rarities?.cancelReason
    return future.cancel(this.#rarities?.cancelMessage, reason === undefined ? undefined : { reason })
  }

  #makeCancelledError(): CancelledError {
    const reason = this.#rarities?.cancelReason
    return new CancelledError(this.#rarities?.cancelMessage, reason === undefined ? undefined : { cause: reason })
  }

  _takeCancel(): unknown {
    this._mustCancel = false
    return this.#makeCancelledError()
  }

  _ownsFlow(): boolean {
    return this._waiter === null || this.#parkedAt === runtime.epoch
  }

  _park(future: KernelFuture): void {
    if (this._waiter === null) {
      this._waiter = future
      this.#parkedAt = runtime.epoch
      endEpochWithMacrotask()
    } else this.#rare().alsoWaiting.push(future)
  }

  _unpark(future: KernelFuture): void {
    const waiter = this._waiter
    this._waiter = null
    if (waiter === future || this.#rarities === null) return
    const others = this.#rarities.alsoWaiting
    const index = others.indexOf(future)
    if (index >= 0) others.splice(index, 1)
    // A wait that lost a race stays within reach of cancel, and no longer counts as what the task is parked on.
    if (waiter !== null) others.push(waiter)
  }

  #rare(): Rarities {
    return (this.#rarities ??= {
      alsoWaiting: [],
      thrown: null,
      cancelMessage: undefined,
      cancelReason: undefined,
      controller: null,
      unlink: null,
    })
  }

  override _kind(): string {
    return 'Task'
  }

  override _label(error: unknown): string {
    return `Task finished name='${this.getName()}' exception=${reprOf(error)}`
  }

  override _describe(): string[] {
    const parts = super._describe()
    if (this._state === 0 && this.#cancelRequests > 0) parts[0] = 'cancelling'
    const extra = [`name=${reprOf(this.getName())}`, `coro=<${coroutineName(this.#coroutine)}>`]
    if (this._waiter !== null) extra.push(`wait_for=${reprOf(this._waiter)}`)
    return [parts[0]!, ...extra, ...parts.slice(1)]
  }
}

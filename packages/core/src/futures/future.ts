import type { ContextLike } from '../contract/context.ts'
import type { Suspension } from '../contract/awaitable.ts'
import type { EventLoop } from '../contract/event-loop.ts'
import type { FutureState, KernelFuture, KernelLoop, KernelTask, Runnable } from '../contract/kernel.ts'
import { DoneCallback } from './done-callback.ts'
import { CancelledError, InvalidStateError, isCancelled } from '../errors/errors.ts'
import { rememberAwaits } from '../host/microtask-flow.ts'
import { FutureIterator } from './future-iterator.ts'
import { isAwait } from '../is-await.ts'
import { FUTURE } from '../is-future.ts'
import { Reaction } from './reaction.ts'
import { INSPECT, reprOf } from '../repr.ts'
import { defaultLoop } from '../running-loop.ts'
import { runtime } from '../runtime.ts'
import { markRetrieved, watchUnretrieved } from './unretrieved.ts'
import type { Unretrieved } from './unretrieved.ts'

const STATES = ['pending', 'finished', 'finished', 'cancelled'] as const
const RESOLVED = Promise.resolve()

/**
 * A result that will be there later, awaitable any number of times in both spellings.
 *
 * Waiting tasks resume one turn after the future is done, in the order in which they began to wait; awaiting a
 * future that is done does not wait.
 *
 * @remarks
 * **Cancellation** Cancelling a task that waits on a future cancels the future: `shield` prevents it.
 * **Differences from CPython** An error that is never retrieved is reported when the future is collected, or when the
 * process ends.
 * @example
 * const ready = new Future<string>()
 * getRunningLoop().callLater(1, () => ready.setResult('done'))
 * console.log(await ready)
 * @see https://docs.python.org/3/library/asyncio-future.html#asyncio.Future
 */
export class Future<T = unknown> implements KernelFuture<T> {
  // Made by the million: assignments in the constructor and no private names, as in InertCoroutine.
  declare readonly _loop: KernelLoop
  // Invariant FUTURE-1: leaves 0 once, and in the same call every waiter is queued.
  declare _state: FutureState
  /** The result, the error, or what cancelled the future: the error to throw, or a message to make one of. */
  declare _value: unknown
  declare _blocking: boolean
  /** Most futures have one waiter: an array is made for the second. */
  declare _waiters: Runnable | Runnable[] | null
  declare private _unretrieved: Unretrieved | null

  /** @param options.loop - the loop that resumes waiting tasks; the default is the running loop */
  constructor(options?: { loop?: EventLoop | undefined }) {
    this._loop = (options?.loop as KernelLoop | undefined) ?? runtime.loop ?? defaultLoop()
    this._state = 0
    this._value = undefined
    this._blocking = false
    this._waiters = null
    this._unretrieved = null
  }

  /** The loop that resumes waiting tasks. */
  getLoop(): EventLoop {
    return this._loop
  }

  done(): boolean {
    return this._state !== 0
  }

  cancelled(): boolean {
    return this._state === 3
  }

  /**
   * Returns the result.
   *
   * @throws {@link CancelledError} when the future was cancelled
   * @throws {@link InvalidStateError} when it is not done yet
   * @throws the error it was failed with
   */
  result(): T {
    if (this._state === 1) return this._value as T
    if (this._state === 0) throw new InvalidStateError('Result is not set: await the future, or ask done() first.')
    throw this._takeError()
  }

  /**
   * Returns the error, or `null` when there is a result. A value that is no Error is returned as it was thrown.
   *
   * @throws {@link CancelledError} when the future was cancelled
   * @throws {@link InvalidStateError} when it is not done yet
   */
  exception(): Error | null {
    if (this._state === 1) return null
    if (this._state === 0) throw new InvalidStateError('Exception is not set: await the future, or ask done() first.')
    const error = this._takeError()
    if (this._state === 3) throw error
    // What a program throws is an Error, but for programs that TypeScript has not seen.
    return error as Error
  }

  /**
   * Cancels the future: waiting tasks get a CancelledError.
   *
   * @param message - becomes the message of the CancelledError
   * @param options.reason - becomes its `cause`
   * @returns false when the future was done already
   */
  cancel(message?: string, options?: { reason?: unknown }): boolean {
    if (this._state !== 0) {
      this._markRetrieved()
      return false
    }
    const reason = options?.reason
    this._settle(3, reason === undefined ? message : new CancelledError(message, { cause: reason }))
    return true
  }

  /** @throws {@link InvalidStateError} when the future is done */
  setResult(value: T): void {
    if (this._state !== 0) throw this._alreadyDone()
    this._settle(1, value)
  }

  /**
   * Fails the future.
   *
   * @param error - an error, or a class of errors to make one of
   * @throws {@link InvalidStateError} when the future is done
   * @throws TypeError when `error` is neither
   */
  setException(error: Error | (new () => Error)): void {
    if (this._state !== 0) throw this._alreadyDone()
    const made = typeof error === 'function' ? new error() : error
    if (!(made instanceof Error) && Object.prototype.toString.call(made) !== '[object Error]') {
      throw new TypeError(`setException takes an Error or a class of errors, not ${reprOf(error)}.`)
    }
    this._settle(2, made)
  }

  /**
   * Calls `callback(future)` one turn after the future is done.
   *
   * Callbacks run in the order they were added. What one throws goes to the loop's exception handler.
   *
   * @param options.context - the context to call it in; a copy of the caller's when absent
   * @see https://docs.python.org/3/library/asyncio-future.html#asyncio.Future.add_done_callback
   */
  addDoneCallback(callback: (future: this) => unknown, options?: { context?: ContextLike | undefined }): void {
    const entry = new DoneCallback(this, callback, options?.context)
    if (this._state === 0) this._addWaiter(entry)
    else this._loop._enqueue(entry)
  }

  /** Removes every registration of `callback` and returns how many there were. */
  removeDoneCallback(callback: (future: this) => unknown): number {
    const waiters = this._waiters
    if (waiters === null) return 0
    const all = Array.isArray(waiters) ? waiters : [waiters]
    const kept = all.filter((entry) => !(entry instanceof DoneCallback && entry.callback === callback))
    this._waiters = kept.length > 0 ? kept : null
    return all.length - kept.length
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const reaction = new Reaction<T, A, B>(this, onFulfilled, onRejected)
    if (this._state !== 0) {
      if (isAwait(onRejected)) reaction.run()
      else void RESOLVED.then(() => reaction.run())
      return reaction
    }
    this._addWaiter(reaction)
    // Between steps the only task there can be is that of a running async function.
    if (runtime.flows !== null && runtime.task === null) {
      const task = runtime.flows.getStore()
      if (task === undefined) runtime.follower?.noteUnknownAwait(this)
      else if (isAwait(onRejected)) attachToFlow(reaction, task)
    }
    return reaction
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally)
  }

  [Symbol.iterator](): Iterator<Suspension, T, unknown> {
    return new FutureIterator<T>(this)
  }

  _addWaiter(waiter: Runnable): void {
    const waiters = this._waiters
    if (waiters === null) this._waiters = waiter
    else if (Array.isArray(waiters)) waiters.push(waiter)
    else this._waiters = [waiters, waiter]
  }

  _removeWaiter(waiter: Runnable): void {
    const waiters = this._waiters
    if (waiters === waiter) this._waiters = null
    else if (Array.isArray(waiters)) {
      const index = waiters.indexOf(waiter)
      if (index >= 0) waiters.splice(index, 1)
    }
  }

  /** The only transition. */
  _settle(state: Exclude<FutureState, 0>, value: unknown): void {
    this._state = state
    this._value = value
    if (state === 2) this._unretrieved = this._watch(value)
    const waiters = this._waiters
    if (waiters === null) return
    this._waiters = null
    if (state !== 1) this._wakeByFailure(waiters)
    else if (Array.isArray(waiters)) for (let i = 0; i < waiters.length; i++) this._loop._enqueue(waiters[i]!)
    else this._loop._enqueue(waiters)
  }

  /** Sees to it that an error which nobody retrieves is reported. */
  protected _watch(error: unknown): Unretrieved | null {
    return watchUnretrieved(this, this._kind(), this._label(error), error)
  }

  private _wakeByFailure(waiters: Runnable | Runnable[]): void {
    if (!Array.isArray(waiters)) this._loop._enqueue(waiters._ofFailed?.(this) ?? waiters)
    else for (const waiter of waiters) this._loop._enqueue(waiter._ofFailed?.(this) ?? waiter)
  }

  _takeError(): unknown {
    if (this._state === 2) {
      this._markRetrieved()
      return this._value
    }
    // The error that cancelled a task is thrown once as it is; later waits get errors of their own, as in CPython
    // without its message.
    const value = this._value
    if (!isCancelled(value)) return new CancelledError(value as string | undefined)
    const { message, cause } = value
    this._value = cause === undefined ? undefined : new CancelledError(message, { cause })
    return value
  }

  get _isRetrieved(): boolean {
    return this._unretrieved === null
  }

  protected _markRetrieved(): void {
    if (this._unretrieved === null) return
    markRetrieved(this._unretrieved)
    this._unretrieved = null
  }

  private _alreadyDone(): InvalidStateError {
    return new InvalidStateError(`${this.toString()} is done already: ask done() before setting it.`)
  }

  _kind(): string {
    return 'Future'
  }

  _label(error: unknown): string {
    return `Future finished exception=${reprOf(error)}`
  }

  /** What is shown of it among those who wait for another future. */
  _wakeName(): string {
    return 'Task.wakeup()'
  }

  /** The parts of `toString()` after the class name. */
  _describe(): string[] {
    const parts: string[] = [STATES[this._state]]
    if (this._state === 1) parts.push(`result=${reprOf(this._value)}`)
    if (this._state === 2) parts.push(`exception=${reprOf(this._value)}`)
    const waiters = this._waiters
    if (waiters !== null) {
      parts.push(`cb=[${(Array.isArray(waiters) ? waiters : [waiters]).map(waiterName).join(', ')}]`)
    }
    return parts
  }

  toString(): string {
    return `<${[this._kind(), ...this._describe()].join(' ')}>`
  }

  [INSPECT](): string {
    return this.toString()
  }

  get [Symbol.toStringTag](): string {
    return 'Future'
  }
}

/** A wait that the task of the async context does not own is left over from it: beside what it waits for, or after it. */
function attachToFlow<T, A, B>(reaction: Reaction<T, A, B>, task: KernelTask): void {
  const owner = task._state === 0 && task._ownsFlow() ? task : task._leftover()
  if (owner !== null && (owner === task || owner._loop === reaction._future._loop)) reaction.attach(owner)
}

/** A task that waits is not described any further: it may be waiting for what describes it. */
function waiterName(waiter: Runnable): string {
  if (waiter instanceof Future) return waiter._wakeName()
  return waiter.toString === Object.prototype.toString ? 'Task.wakeup()' : reprOf(waiter)
}
Object.defineProperty(Future.prototype, FUTURE, { value: true })
rememberAwaits(Future.prototype)

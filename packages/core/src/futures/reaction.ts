import type { KernelFuture, KernelTask, Runnable } from '../contract/kernel.ts'
import { badYield } from './bad-yield.ts'
import { isCancelled } from '../errors/errors.ts'
import type { CancelledError } from '../errors/errors.ts'
import { noteThrown } from '../host/unhandled-rejections.ts'
import { runtime } from '../runtime.ts'

type OnFulfilled<T, A> = ((value: T) => A | PromiseLike<A>) | null | undefined
type OnRejected<B> = ((reason: unknown) => B | PromiseLike<B>) | null | undefined

/**
 * A pair of callbacks given to `then`, and what `then` returns.
 *
 * It is queued itself, and becomes a promise only when `then` is called on it: an `await`
 * never does, so waiting for a future creates no promise besides the engine's own.
 */
export class Reaction<T, A = T, B = never> implements Runnable, Promise<A | B> {
  readonly _future: KernelFuture<T>
  readonly #onFulfilled: OnFulfilled<T, A>
  readonly #onRejected: OnRejected<B>
  /** The task whose async function waits here. */
  _task: KernelTask | null = null
  #outcome: { value: A | B | PromiseLike<A | B> } | { error: unknown } | null = null
  #resolve: ((value: A | B | PromiseLike<A | B>) => void) | null = null
  #reject: ((error: unknown) => void) | null = null
  #promise: Promise<A | B> | null = null

  constructor(future: KernelFuture<T>, onFulfilled: OnFulfilled<T, A>, onRejected: OnRejected<B>) {
    this._future = future
    this.#onFulfilled = onFulfilled
    this.#onRejected = onRejected
  }

  /** Makes the wait a wait of `task`. */
  attach(task: KernelTask): void {
    const future = this._future
    if ((task as KernelFuture) === future || task._loop !== future._loop) {
      future._removeWaiter(this)
      future._blocking = true
      const error = badYield(task, future)
      future._blocking = false
      this.#rejectWith(error)
      return
    }
    this._task = task
    task._park(future)
    if (task._mustCancel && task._owesCancel()) passCancel(task, future)
  }

  run(): void {
    runtime.microtasks = true
    const future = this._future
    const task = this._task
    runtime.follower?.follow(task ?? undefined)
    let cancelled = false
    if (task !== null) {
      task._unpark(future)
      cancelled = task._mustCancel
    }
    if (cancelled) this.#rejectWith(cancelError(task!, future))
    else if (future._state === 1) this.#fulfillWith(future._value as T)
    else if (typeof this.#onRejected === 'function') this.#rejectWith(future._takeError())
    else this.#passError()
  }

  #fulfillWith(value: T): void {
    if (typeof this.#onFulfilled === 'function') this.#settle(this.#onFulfilled, value)
    else this.#finish({ value: value as unknown as A })
  }

  #rejectWith(error: unknown): void {
    if (isCancelled(error)) noteThrown(error, this._task !== null)
    const onRejected = this.#onRejected
    if (typeof onRejected !== 'function') {
      this.#finish({ error })
      return
    }
    this.#settle(onRejected, error)
  }

  /** Without a handler the error stays unretrieved in the future, unless `then` was called on this. */
  #passError(): void {
    if (this.#promise !== null) this.#rejectWith(this._future._takeError())
  }

  #settle<V>(callback: (value: V) => A | B | PromiseLike<A | B>, value: V): void {
    let outcome
    try {
      const returned = callback(value)
      if (returned === this || returned === this.#promise) {
        throw new TypeError('Chaining cycle detected: a callback of then() returned the promise of that then().')
      }
      outcome = { value: returned }
    } catch (error) {
      // It cannot have been seen yet. As a rejected promise the host reports it, unless a handler is added.
      this.#promise ??= this.#makePromise()
      outcome = { error }
    }
    this.#finish(outcome)
  }

  #finish(outcome: { value: A | B | PromiseLike<A | B> } | { error: unknown }): void {
    this.#outcome = outcome
    // Without these two, `then` was never called on this, or it was settled from the start.
    if ('error' in outcome) this.#reject?.(outcome.error)
    else this.#resolve?.(outcome.value)
  }

  #makePromise(): Promise<A | B> {
    const outcome = this.#outcome
    if (outcome !== null) return 'error' in outcome ? Promise.reject(outcome.error) : Promise.resolve(outcome.value)
    if (this._future._state > 1 && typeof this.#onRejected !== 'function') {
      const error = this._future._takeError()
      noteThrown(error, false)
      return Promise.reject(error)
    }
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  then<C = A | B, D = never>(onFulfilled?: OnFulfilled<A | B, C>, onRejected?: OnRejected<D>): Promise<C | D> {
    return (this.#promise ??= this.#makePromise()).then(onFulfilled, onRejected)
  }

  catch<D = never>(onRejected?: OnRejected<D>): Promise<A | B | D> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<A | B> {
    return (this.#promise ??= this.#makePromise()).finally(onFinally)
  }

  get [Symbol.toStringTag](): string {
    return 'Promise'
  }
}

/** Hands a cancel that came before the wait on to what the task waits for, as one that comes during the wait. */
export function passCancel(task: KernelTask, future: KernelFuture): void {
  const { message, cause } = task._takeCancel() as CancelledError
  if (!future.cancel(message, cause === undefined ? undefined : { reason: cause })) task._mustCancel = true
}

/** The error of a wait that ended while a cancel was pending: the future's own when that was cancelled too. */
export function cancelError(task: KernelTask, future: KernelFuture | null): unknown {
  const error = future !== null && future._state > 1 ? future._takeError() : undefined
  const fresh = task._takeCancel()
  return isCancelled(error) ? error : fresh
}

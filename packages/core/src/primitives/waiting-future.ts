import type { Awaitable, Suspension } from '../contract/awaitable.ts'
import type { Steps } from '../contract/coroutine.ts'
import { Future } from '../futures/future.ts'
import { notAwaited } from '../futures/future-iterator.ts'

/**
 * A future that one task waits for, the wait for it, and what is done when it ends, in one object. For authors of
 * primitives.
 *
 * It does what the generator `try { yield* future; return arrived() } catch (error) { left(); throw error }` would do.
 * By hand, because the generator, and what its `yield*` asks of the future, would cost more than the rest of a wait.
 */
export abstract class WaitingFuture<T, R = T> extends Future<T> implements Steps<R> {
  /** Called when the future has its result, in the step of the task that waits; what it throws, the wait throws. */
  protected abstract arrived(): R

  /** Called when the wait has ended in any other way: failed, cancelled, or closed. */
  protected abstract left(): void

  /** What is waited for: itself, unless it takes several waits. */
  get _future(): Future<unknown> {
    return this as Future<unknown>
  }

  override [Symbol.iterator](): Steps<R> & Iterator<Suspension, T, unknown> {
    return this as unknown as Steps<R> & Iterator<Suspension, T, unknown>
  }

  next(): IteratorResult<Suspension, R> {
    if (this._state === 0) {
      if (this._blocking || this._waiters !== null) throw notAwaited(this)
      this._blocking = true
      return { done: false, value: this as Awaitable<unknown> }
    }
    if (this._state === 1) return { done: true, value: this.arrived() }
    const error = this._takeError()
    this.left()
    throw error
  }

  throw(error: unknown): IteratorResult<Suspension, R> {
    this.left()
    throw error
  }

  return(value: R): IteratorResult<Suspension, R> {
    this.left()
    return { done: true, value }
  }
}

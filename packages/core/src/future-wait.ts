import type { Awaitable, Suspension } from './contract/awaitable.ts'
import type { Steps } from './contract/coroutine.ts'
import type { Future } from './future.ts'
import { notAwaited } from './future-iterator.ts'

/**
 * A wait for one future, and what is done when it ends. For authors of primitives.
 *
 * It does what the generator `try { yield* future; return done() } catch (error) { left(); throw error }` would do. By
 * hand, because the generator, and what its `yield*` asks of the future, would cost more than all the rest of a wait.
 */
export abstract class FutureWait<T, R = T> implements Steps<R> {
  declare _future: Future<T>
  declare private _handedOver: boolean

  constructor(future: Future<T>) {
    this._future = future
    this._handedOver = false
  }

  /** Called when the future has its result, in the step of the task that waits; what it throws, the wait throws. */
  protected abstract done(): R

  /** Called when the wait has ended in any other way: failed, cancelled, or closed. */
  protected abstract left(): void

  [Symbol.iterator](): Steps<R> {
    return this
  }

  next(): IteratorResult<Suspension, R> {
    const future = this._future
    if (future._state === 0) {
      if (this._handedOver) throw notAwaited(future)
      return this.wait(future)
    }
    if (future._state === 1) return { done: true, value: this.done() }
    const error = future._takeError()
    this.left()
    throw error
  }

  /** Hands a future over to the task: the first one, or one to wait for in its place. */
  protected wait(future: Future<T>): IteratorResult<Suspension, R> {
    this._future = future
    this._handedOver = true
    future._blocking = true
    return { done: false, value: future as Awaitable<unknown> }
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

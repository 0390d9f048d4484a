import type { Suspension } from '../contract/awaitable.ts'
import type { KernelFuture } from '../contract/kernel.ts'
import { RuntimeError } from '../errors/errors.ts'

/**
 * What `yield* future` runs: hands the future to the task, and answers with its result when the task comes back.
 *
 * Hand-written, because a generator for each wait would cost more than the wait.
 */
export class FutureIterator<T> implements Iterator<Suspension, T, unknown> {
  declare private readonly _future: KernelFuture<T>
  declare private _handedOver: boolean

  constructor(future: KernelFuture<T>) {
    this._future = future
    this._handedOver = false
  }

  next(): IteratorResult<Suspension, T> {
    const future = this._future
    if (future._state === 0) {
      if (this._handedOver) throw notAwaited(future)
      this._handedOver = true
      future._blocking = true
      return { done: false, value: future }
    }
    if (future._state === 1) return { done: true, value: future._value as T }
    throw future._takeError()
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    throw error
  }

  return(value: T): IteratorResult<Suspension, T> {
    return { done: true, value }
  }
}

/** Thrown when a wait is spread or iterated, which would otherwise never end. */
export function notAwaited(future: KernelFuture): RuntimeError {
  return new RuntimeError(`${future.toString()} is pending: yield* waits for it, and only a task can. It is no list.`)
}

import type { Suspension } from './contract/awaitable.ts'
import type { KernelFuture } from './contract/kernel.ts'

/**
 * What `yield* future` runs: hands the future to the task, and answers with its result when the task comes back.
 *
 * Written by hand because a generator for each wait would cost more than the wait.
 */
export class FutureIterator<T> implements Iterator<Suspension, T, unknown> {
  readonly #future: KernelFuture<T>

  constructor(future: KernelFuture<T>) {
    this.#future = future
  }

  next(): IteratorResult<Suspension, T> {
    const future = this.#future
    if (future._state === 0) {
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

import type { Suspension } from './contract/awaitable.ts'
import type { KernelFuture } from './contract/kernel.ts'
import { RuntimeError } from './errors.ts'

/**
 * What `yield* future` runs: hands the future to the task, and answers with its result when the task comes back.
 *
 * Written by hand because a generator for each wait would cost more than the wait.
 */
export class FutureIterator<T> implements Iterator<Suspension, T, unknown> {
  readonly #future: KernelFuture<T>
  #handedOver = false

  constructor(future: KernelFuture<T>) {
    this.#future = future
  }

  next(): IteratorResult<Suspension, T> {
    const future = this.#future
    if (future._state === 0) {
      // Whoever spreads or compares a pending future, as a list, would otherwise never come to an end.
      if (this.#handedOver) throw notAwaited(future)
      this.#handedOver = true
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

function notAwaited(future: KernelFuture): RuntimeError {
  return new RuntimeError(`${future.toString()} is pending: yield* waits for it, and only a task can. It is no list.`)
}

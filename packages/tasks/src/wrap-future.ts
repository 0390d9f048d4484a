import { CancelledError, Future, getRunningLoop, isFuture } from '@asyncio-ts/core'
import { isPromiseLike, reprOf } from '@asyncio-ts/core/primitives'

/** The future of a foreign promise. */
class PromiseFuture<T> extends Future<T> {
  readonly #controller: AbortController | null

  constructor(controller: AbortController | null) {
    super({ loop: getRunningLoop() })
    this.#controller = controller
  }

  follow(promise: PromiseLike<T>): void {
    promise.then(
      (value) => {
        if (this._state === 0) this._settle(1, value)
      },
      (error: unknown) => {
        if (this._state === 0) this._settle(2, error)
      },
    )
  }

  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    const cancelled = super.cancel(message, options)
    if (cancelled) this.#controller?.abort(new CancelledError(message))
    return cancelled
  }
}

/**
 * Makes a cancellable future of a foreign promise.
 *
 * @param source - a promise, or a function that starts the work and passes its AbortSignal on to it
 * @returns a future with the promise's result; a future is returned as it is
 * @throws TypeError when `source` is neither, or the function returns no promise
 *
 * @remarks
 * **Cancellation** The waiting task goes on at once with a CancelledError; the signal aborts, which ends the work when
 * it was passed on. Without a signal the work goes on, and its outcome is dropped.
 * **Differences from CPython** It wraps promises, as CPython's wraps the futures of threads.
 * @example
 * import { wrapFuture } from '@asyncio-ts/tasks'
 * import { setTimeout } from 'node:timers/promises'
 *
 * const result = await wrapFuture((signal) => setTimeout(10, 'ready', { signal }))
 * console.log(result)
 * @see https://docs.python.org/3/library/asyncio-future.html#asyncio.wrap_future
 */
export function wrapFuture<T>(source: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>)): Future<T> {
  if (isFuture(source)) return source as unknown as Future<T>
  const controller = typeof source === 'function' ? new AbortController() : null
  const promise = typeof source === 'function' ? source(controller!.signal) : source
  if (!isPromiseLike(promise)) {
    throw new TypeError(`wrapFuture takes a promise, or a function that returns one, got ${reprOf(promise)}.`)
  }
  const future = new PromiseFuture<T>(controller)
  future.follow(promise as PromiseLike<T>)
  return future
}

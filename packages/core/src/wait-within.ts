import type { Coroutine } from './contract/coroutine.ts'
import { CancelledError, TimeoutError } from './errors.ts'
import type { Future } from './future.ts'
import { LoopTimer } from './loop-timer.ts'

/** Limits of a single wait. They never limit what follows it. */
export interface WaitLimits {
  /** In seconds; none when absent. */
  timeout?: number | null | undefined
  /** Ends the wait when it aborts, without cancelling the task. */
  signal?: AbortSignal | undefined
}

/** Ends a wait with an error of its own. */
class Limit {
  error: Error | null = null
  readonly #future: Future<unknown>

  constructor(future: Future<unknown>) {
    this.#future = future
  }

  end(error: Error): void {
    // Cancelling the future is how everybody else leaves a queue: whatever depends on it is handled there.
    if (this.#future.cancel()) this.error = error
  }
}

class LimitTimer extends LoopTimer {
  readonly #limit: Limit

  constructor(future: Future<unknown>, seconds: number, limit: Limit) {
    super(future._loop, future._loop.time() + seconds)
    this.#limit = limit
  }

  run(): void {
    if (!this._cancelled) this.#limit.end(new TimeoutError('The time limit of the wait was exceeded.'))
  }
}

/**
 * Waits for a future within limits. For authors of primitives.
 *
 * @throws {@link TimeoutError} when the time was up first
 * @throws {@link CancelledError} when the signal aborted first; its `cause` is the signal's reason
 */
export function* waitWithin<T>(future: Future<T>, limits: WaitLimits | undefined): Coroutine<T> {
  if (limits === undefined) return yield* future
  const { timeout, signal } = limits
  const limit = new Limit(future as Future<unknown>)
  const abort = (): void => limit.end(new CancelledError('The wait was aborted.', { cause: signal!.reason }))
  const timer = typeof timeout === 'number' ? new LimitTimer(future as Future<unknown>, timeout, limit) : null
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return yield* future
  } catch (error) {
    throw limit.error ?? error
  } finally {
    timer?.cancel()
    signal?.removeEventListener('abort', abort)
  }
}

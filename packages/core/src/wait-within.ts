import type { Suspension } from './contract/awaitable.ts'
import type { Coroutine } from './contract/coroutine.ts'
import { CancelledError, TimeoutError, ValueError } from './errors.ts'
import type { Future } from './future.ts'
import { LoopTimer } from './loop-timer.ts'
import { reprOf } from './repr.ts'

/**
 * Limits of a single wait. They never limit what follows it: the hold of a lock, the work on an item.
 *
 * What need not wait is not affected by a timeout, not even by one of zero. A signal that has aborted already is: the
 * call fails, and takes nothing.
 */
export interface WaitLimits {
  /** In seconds; none when absent. */
  timeout?: number | null | undefined
  /** Ends the wait when it aborts, without cancelling the task. */
  signal?: AbortSignal | null | undefined
}

/** Fails the future with itself when the time is up, unless it is done by then. */
class LimitTimer extends LoopTimer {
  readonly #future: Future<unknown>

  constructor(future: Future<unknown>, seconds: number) {
    super(future._loop, future._loop.time() + Math.max(seconds, 0))
    this.#future = future
  }

  run(): void {
    if (!this._cancelled) fail(this.#future, this)
  }
}

/** @param limit - what ended the wait: the error is made where the wait is, so that a cancel can prevail over it */
function fail(future: Future<unknown>, limit: LimitTimer | AbortSignal): void {
  if (future._state === 0) future._settle(2, limit)
}

function aborted(signal: AbortSignal): CancelledError {
  return new CancelledError('The wait was aborted.', { cause: signal.reason })
}

/**
 * Checks the limits that a caller gave, before anything is done.
 *
 * @throws TypeError when they are not limits
 * @throws {@link ValueError} when the timeout is NaN
 */
export function checkLimits(limits: WaitLimits | undefined): void {
  if (limits === undefined) return
  if (typeof limits !== 'object' || limits === null) {
    throw new TypeError(`Limits of a wait are { timeout, signal }, got ${reprOf(limits)}.`)
  }
  const { timeout, signal } = limits
  if (typeof (timeout ?? 0) !== 'number') {
    throw new TypeError(`timeout is a number of seconds, got ${reprOf(timeout)}.`)
  }
  if (Number.isNaN(timeout)) throw new ValueError('timeout is NaN: give a number of seconds.')
  if (signal !== undefined && signal !== null && typeof signal.addEventListener !== 'function') {
    throw new TypeError(`signal is an AbortSignal, got ${reprOf(signal)}.`)
  }
}

/**
 * Throws when the signal has aborted already: whoever gives a signal wants nothing any more once it has.
 *
 * @throws {@link CancelledError} whose `cause` is the signal's reason
 */
export function refuseAborted(limits: WaitLimits | undefined): void {
  if (limits?.signal?.aborted === true) throw aborted(limits.signal)
}

/**
 * Waits for a future within limits. For authors of primitives.
 *
 * A limit ends the future itself: whoever could settle it finds it done. A cancel of the task that comes after that,
 * and before the task has gone on, prevails.
 *
 * @throws {@link TimeoutError} when the time was up first
 * @throws {@link CancelledError} when the signal aborted first; its `cause` is the signal's reason
 */
export function waitWithin<T>(
  future: Future<T>,
  limits: WaitLimits | undefined,
): { [Symbol.iterator](): Iterator<Suspension, T, unknown> } {
  return limits === undefined ? future : within(future, limits)
}

function* within<T>(future: Future<T>, { timeout, signal }: WaitLimits): Coroutine<T> {
  const abort = (): void => fail(future as Future<unknown>, signal!)
  const isLimited = typeof timeout === 'number' && timeout !== Infinity
  const timer = isLimited ? new LimitTimer(future as Future<unknown>, timeout) : null
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return yield* future
  } catch (error) {
    if (timer !== null && error === timer) throw new TimeoutError('The time limit of the wait was exceeded.')
    throw signal && error === signal ? aborted(signal) : error
  } finally {
    timer?.cancel()
    signal?.removeEventListener('abort', abort)
  }
}

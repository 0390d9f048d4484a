import type { Suspension } from '../contract/awaitable.ts'
import type { Coroutine } from '../contract/coroutine.ts'
import type { KernelLoop, Runnable } from '../contract/kernel.ts'
import { CancelledError, TimeoutError, ValueError } from '../errors/errors.ts'
import type { Future } from '../futures/future.ts'
import { LoopTimer } from '../loop/loop-timer.ts'
import { onAbort } from '../host/on-abort.ts'
import { reprOf } from '../repr.ts'

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

/** A wait that can be limited: what it waits for may change in the course of it. */
interface Wait<T> {
  readonly _future: Future<unknown>
  [Symbol.iterator](): Iterator<Suspension, T, unknown>
}

/** Ends a wait when the time is up or a signal aborts, whichever comes first. */
class Limit implements Runnable {
  readonly #wait: Wait<unknown>
  #isOver = false
  by: 'time' | 'signal' | null = null

  constructor(wait: Wait<unknown>) {
    this.#wait = wait
  }

  exceed(by: 'time' | 'signal'): void {
    if (this.by !== null) return
    this.by = by
    this.run()
  }

  /**
   * Fails what is waited for with the limit: the error is made where the wait is, so that a cancel can prevail over it.
   *
   * A wait that has been woken is left to go on. It may have to wait again: then it ends a turn later.
   */
  run(): void {
    if (this.#isOver) return
    const future = this.#wait._future
    if (future._state === 0) future._settle(2, this)
    else future._loop._enqueue(this)
  }

  end(): void {
    this.#isOver = true
  }
}

class LimitTimer extends LoopTimer {
  readonly #limit: Limit

  constructor(loop: KernelLoop, seconds: number, limit: Limit) {
    super(loop, loop.time() + Math.max(seconds, 0))
    this.#limit = limit
  }

  run(): void {
    if (!this._cancelled) this.#limit.exceed('time')
  }
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
 * Throws if the signal has already aborted: the caller no longer wants the result.
 *
 * @throws {@link CancelledError} whose `cause` is the signal's reason
 */
export function refuseAborted(limits: WaitLimits | undefined): void {
  if (limits?.signal?.aborted === true) throw aborted(limits.signal)
}

/**
 * Waits for a future within limits. For authors of primitives.
 *
 * A limit settles the future itself: code that would settle it later finds it done. A cancel of the task that comes after that,
 * and before the task has gone on, prevails.
 *
 * @throws {@link TimeoutError} when the time was up first
 * @throws {@link CancelledError} when the signal aborted first; its `cause` is the signal's reason
 */
export function waitWithin<T>(
  future: Future<T>,
  limits: WaitLimits | undefined,
): { [Symbol.iterator](): Iterator<Suspension, T, unknown> } {
  if (limits === undefined) return future
  return limitWait({ _future: future as Future<unknown>, [Symbol.iterator]: () => future[Symbol.iterator]() }, limits)
}

/** Does the same for a {@link WaitingFuture}, or for anything else that tells which future it waits for. */
export function* limitWait<T>(wait: Wait<T>, { timeout, signal }: WaitLimits): Coroutine<T> {
  const limit = new Limit(wait)
  const abort = (): void => limit.exceed('signal')
  const isLimited = typeof timeout === 'number' && timeout !== Infinity
  const timer = isLimited ? new LimitTimer(wait._future._loop, timeout, limit) : null
  if (signal?.aborted === true) abort()
  const unlisten = signal === undefined || signal === null ? null : onAbort(signal, abort)
  try {
    return yield* wait
  } catch (error) {
    if (error !== limit) throw error
    throw limit.by === 'signal' ? aborted(signal!) : new TimeoutError('The time limit of the wait was exceeded.')
  } finally {
    limit.end()
    timer?.cancel()
    unlisten?.()
  }
}

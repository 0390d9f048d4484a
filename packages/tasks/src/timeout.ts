import { getRunningLoop, isCancelled, RuntimeError, TimeoutError } from '@asyncio-ts/core'
import { makeTaskController, reprOf } from '@asyncio-ts/core/primitives'
import type { CoroutineObject } from '@asyncio-ts/core'
import type { Body, CancelTarget } from '@asyncio-ts/core/primitives'
import { CancelScope } from './cancel-scope.ts'
import { checkLimit } from './check-seconds.ts'
import { atDeadline } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { TimeoutScope } from './timeout-steps.ts'
import type { LimitOptions } from './timeout-steps.ts'

type State = 'created' | 'active' | 'expiring' | 'expired' | 'finished'

/**
 * A time limit on a part of a task.
 *
 * {@link timeout} and {@link timeoutAt} are the usual way in; `enter` and `exit` are what they call.
 *
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Timeout
 */
export class Timeout extends CancelScope {
  // Invariant TIMEOUT-1: when the scope is over, the task's count of cancels is what others have made it.
  // Invariant TIMEOUT-2: a timer is set only while active; expiring means that cancel() has been called and exit() has not.
  #state: State = 'created'
  #when: number | null
  #task: CancelTarget | null = null
  #cancelling = 0
  #timer: Deadline | null = null

  /** @param when - in seconds on the loop's clock; `null` for no limit */
  constructor(when: number | null) {
    checkLimit(when, 'deadline')
    super()
    this.#when = when
  }

  /** The deadline in seconds on the loop's clock, or `null`. */
  when(): number | null {
    return this.#when
  }

  /** Whether the limit has been exceeded. */
  expired(): boolean {
    return this.#state === 'expiring' || this.#state === 'expired'
  }

  /**
   * Moves the deadline.
   *
   * @param when - in seconds on the loop's clock; `null` for no limit
   * @throws RuntimeError before the scope has begun, and when it is over or has expired
   */
  reschedule(when: number | null): void {
    checkLimit(when, 'deadline')
    if (this.#state === 'created') {
      throw new RuntimeError('Timeout has not been entered: reschedule it inside its body.')
    }
    if (this.#state !== 'active') {
      throw new RuntimeError(`Cannot change state of ${this.#state} Timeout: begin a new one.`)
    }
    this.#schedule(when)
  }

  /** Begins the scope, in the current task. */
  enter(): void {
    if (this.#state !== 'created') throw new RuntimeError('Timeout has already been entered: make a new one.')
    const task = this._begin('Timeout')
    this.#state = 'active'
    this.#task = task
    // A cancel that is still to be delivered is one that the body gets from outside.
    this.#cancelling = task.cancelling() - (task._mustCancel ? 1 : 0)
    this.#schedule(this.#when)
  }

  /**
   * Ends the scope.
   *
   * @param error - what the body threw, if it did
   * @throws TimeoutError when the limit was exceeded and the body ended with the CancelledError that told it so, or
   * before it could be told: it waited for a promise that nothing can interrupt
   */
  exit(error?: unknown): void {
    this.#timer?.cancel()
    this.#timer = null
    this._end()
    if (this.#state === 'active') this.#state = 'finished'
    if (this.#state !== 'expiring') return
    this.#state = 'expired'
    const task = this.#task!
    const isUndelivered = task._mustCancel
    // A cancel from outside that came meanwhile wins.
    if (task.uncancel() > this.#cancelling) return
    if (isUndelivered) task._takeCancel()
    if (error === undefined) {
      if (isUndelivered) throw exceeded(undefined)
      return
    }
    const cause = this._translate(error)
    if (isCancelled(cause)) throw exceeded(cause)
    nameTheCause(error)
    if (error instanceof AggregateError) for (const member of error.errors) nameTheCause(member)
  }

  /** Whoever reads why it has aborted rejects with it: the body is told by that, and need not be told again. */
  protected override _newController(task: CancelTarget | null): AbortController {
    return task === null ? super._newController(task) : makeTaskController(task)
  }

  /** @internal */
  override _rebind(target: CancelTarget): void {
    super._rebind(target)
    this.#task = target
    this.#cancelling = target.cancelling()
  }

  #schedule(when: number | null): void {
    this.#when = when
    this.#timer?.cancel()
    this.#timer = null
    if (when === null) return
    this.#timer = atDeadline(when, { run: () => this.#expire() })
  }

  #expire(): void {
    this.#timer = null
    this.#state = 'expiring'
    this._cancelTask()
  }

  override toString(): string {
    const when = this.#state === 'active' ? ` when=${this.#when}` : ''
    return `<Timeout [${this.#state}]${when}>`
  }
}

function exceeded(cause: unknown): TimeoutError {
  return new TimeoutError('The time limit was exceeded.', cause === undefined ? undefined : { cause })
}

/** An error raised while the cancellation unwound was caused by the time limit, and says so. */
function nameTheCause(error: unknown): void {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (!isCancelled(at.cause)) continue
    at.cause = exceeded(at.cause)
    return
  }
}

function checkBody(body: unknown, name: string): void {
  if (typeof body !== 'function') {
    throw new TypeError(`${name}() takes the body to run under the limit as a function, got ${reprOf(body)}.`)
  }
}

/**
 * Runs a body with a time limit, as `async with timeout(delay):`.
 *
 * When the time is up, the await that the body is parked at gets a CancelledError. Once the body has unwound, the
 * caller gets a TimeoutError. Limits nest: when several expire at once, the outermost raises.
 *
 * @param delay - in seconds; `null` for no limit, to be set later with {@link Timeout.reschedule}
 * @param body - a `function*` or an async function; it receives the {@link Timeout}, whose `signal` aborts when the
 * time is up
 * @param options.abandon - returns as soon as the time is up, even while the body waits for a promise that nothing can
 * interrupt. The body runs in a task of its own and is left behind: it is cancelled, and what it returns or throws
 * later is dropped
 * @returns what the body returns
 * @throws TimeoutError when the body was cancelled because the time was up, or ended too late without having noticed
 * @throws TypeError when `delay` is not a number of seconds, or `body` is not a function
 *
 * @remarks
 * **Cancellation** asyncio-ts interrupts its own awaits. It cannot interrupt a promise of the host or of another
 * library: pass `signal` on to what makes it, or use `abandon`. Otherwise the limit takes effect when that promise is
 * settled, and after a second a process warning says so. A cancel from outside wins over a limit that expires at the
 * same time. A body that catches the CancelledError and returns, returns normally; `expired()` tells.
 *
 * **Differences from CPython** The block is a function. `signal` and `abandon` are extensions.
 * @example
 * import { sleep, timeout } from '@asyncio-ts/tasks'
 *
 * try {
 *   await timeout(0.01, async () => {
 *     await sleep(60)
 *   })
 * } catch (error) {
 *   console.log((error as Error).name)
 * }
 * @example
 * import { timeout } from '@asyncio-ts/tasks'
 *
 * const load = (url: string) => timeout(10, ({ signal }) => fetch(url, { signal }))
 * console.log(typeof load)
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout
 */
export function timeout<T>(
  delay: number | null,
  body: Body<[timeout: Timeout], T>,
  options?: LimitOptions,
): CoroutineObject<T> {
  checkLimit(delay, 'delay')
  checkBody(body, 'timeout')
  return new TimeoutScope(() => new Timeout(delay === null ? null : getRunningLoop().time() + delay), body, options)
}

/**
 * Runs a body that has to be done at a given time: {@link timeout} with an absolute deadline.
 *
 * @param when - in seconds on the loop's clock, see `loop.time()`; `null` for no limit
 * @param body - as for {@link timeout}
 * @param options.abandon - as for {@link timeout}
 * @returns what the body returns
 * @throws TimeoutError as {@link timeout}
 * @throws TypeError as {@link timeout}
 *
 * @remarks
 * **Cancellation** As for {@link timeout}.
 *
 * **Differences from CPython** The block is a function. `signal` and `abandon` are extensions.
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout_at
 */
export function timeoutAt<T>(
  when: number | null,
  body: Body<[timeout: Timeout], T>,
  options?: LimitOptions,
): CoroutineObject<T> {
  checkLimit(when, 'deadline')
  checkBody(body, 'timeoutAt')
  return new TimeoutScope(() => new Timeout(when), body, options)
}

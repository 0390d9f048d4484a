import { currentTask, getRunningLoop, isCancelled, RuntimeError, TimeoutError } from '@asyncio-ts/core'
import { InertCoroutine, isGeneratorFunction, LoopTimer, reprOf, runBody } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, Steps, Suspension, Task } from '@asyncio-ts/core'
import type { Body, Runnable } from '@asyncio-ts/core/primitives'
import { checkLimit } from './check-seconds.ts'

type State = 'created' | 'active' | 'expiring' | 'expired' | 'finished'

/** Expires a timeout when the time has come. */
class Deadline extends LoopTimer {
  readonly #expire: Runnable

  constructor(when: number, expire: Runnable) {
    super(getRunningLoop(), when)
    this.#expire = expire
  }

  run(): void {
    if (!this._cancelled) this.#expire.run()
  }
}

/** Expires a timeout whose deadline has passed already: in the next turn, never inside the call. */
class Overdue implements Runnable {
  #expire: Runnable | null

  constructor(expire: Runnable) {
    this.#expire = expire
    getRunningLoop()._enqueue(this)
  }

  run(): void {
    this.#expire?.run()
  }

  cancel(): void {
    this.#expire = null
  }
}

/**
 * A time limit on a part of a task.
 *
 * {@link timeout} and {@link timeoutAt} are the usual way in; `enter` and `exit` are what they call.
 *
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Timeout
 */
export class Timeout {
  // Invariant O1: when the scope is over, the task's count of cancels is what others have made it.
  // Invariant O2: a timer is set only while active; expiring means that cancel() has been called and exit() has not.
  #state: State = 'created'
  #when: number | null
  #task: Task | null = null
  #cancelling = 0
  #timer: Deadline | Overdue | null = null

  /** @param when - in seconds on the loop's clock; `null` for no limit */
  constructor(when: number | null) {
    checkLimit(when, 'deadline')
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
    const task = currentTask()
    if (task === null) throw new RuntimeError('Timeout should be used inside a task: run this in createTask or run.')
    this.#state = 'active'
    this.#task = task
    this.#cancelling = task.cancelling()
    this.#schedule(this.#when)
  }

  /**
   * Ends the scope.
   *
   * @param error - what the body threw, if it did
   * @throws TimeoutError when the limit was exceeded and the body ended with the CancelledError that told it so
   */
  exit(error?: unknown): void {
    this.#timer?.cancel()
    this.#timer = null
    if (this.#state === 'active') this.#state = 'finished'
    if (this.#state !== 'expiring') return
    this.#state = 'expired'
    // A cancel from outside that came meanwhile wins.
    if (this.#task!.uncancel() > this.#cancelling || error === undefined) return
    if (isCancelled(error)) throw new TimeoutError('The time limit was exceeded.', { cause: error })
    nameTheCause(error)
    if (error instanceof AggregateError) for (const member of error.errors) nameTheCause(member)
  }

  #schedule(when: number | null): void {
    this.#when = when
    this.#timer?.cancel()
    this.#timer = null
    if (when === null) return
    const expire = { run: () => this.#expire() }
    this.#timer = when <= getRunningLoop().time() ? new Overdue(expire) : new Deadline(when, expire)
  }

  #expire(): void {
    this.#timer = null
    this.#task!.cancel()
    this.#state = 'expiring'
  }

  toString(): string {
    const when = this.#state === 'active' ? ` when=${this.#when}` : ''
    return `<Timeout [${this.#state}]${when}>`
  }
}

/** An error raised while the cancellation unwound was caused by the time limit, and says so. */
function nameTheCause(error: unknown): void {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (!isCancelled(at.cause)) continue
    const timeout = new TimeoutError('The time limit was exceeded.', { cause: at.cause })
    at.cause = timeout
    return
  }
}

/** Runs a body under a timeout: `async with timeout(...)`, with no generator of its own. */
class TimeoutScope<T> extends InertCoroutine<T> implements Steps<T> {
  readonly #timeout: Timeout | (() => Timeout)
  readonly #body: Body<[Timeout], T>

  constructor(make: () => Timeout, body: Body<[Timeout], T>) {
    super()
    this.#timeout = make
    this.#body = body
  }

  override get _name(): string {
    return 'timeout'
  }

  protected override begin(): Steps<T> {
    const scope = (this.#timeout as () => Timeout)()
    return new ScopeSteps(scope, this.#body)
  }
}

class ScopeSteps<T> implements Steps<T> {
  readonly #timeout: Timeout
  readonly #body: Body<[Timeout], T>
  #inner: Iterator<Suspension, T, unknown> | null = null

  constructor(timeout: Timeout, body: Body<[Timeout], T>) {
    this.#timeout = timeout
    this.#body = body
  }

  [Symbol.iterator](): Steps<T> {
    return this
  }

  next(value?: unknown): IteratorResult<Suspension, T> {
    const timeout = this.#timeout
    let result
    try {
      if (this.#inner === null) this.#enter()
      result = this.#inner!.next(value)
    } catch (error) {
      timeout.exit(error)
      throw error
    }
    if (result.done === true) timeout.exit()
    return result
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    let result
    try {
      result = this.#inner!.throw!(error)
    } catch (raised) {
      this.#timeout.exit(raised)
      throw raised
    }
    if (result.done === true) this.#timeout.exit()
    return result
  }

  return(value: T): IteratorResult<Suspension, T> {
    const result = this.#inner?.return?.(value) ?? { done: true, value }
    if (result.done === true) this.#timeout.exit()
    return result
  }

  #enter(): void {
    this.#timeout.enter()
    const body = this.#body
    const steps = isGeneratorFunction(body) ? (body(this.#timeout) as Steps<T>) : runBody(body, this.#timeout)
    this.#inner = steps
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
 * When the time is up the body's await gets a CancelledError; once it has unwound, the caller gets a TimeoutError.
 * Time limits nest: when several expire at once, the outermost raises.
 *
 * @param delay - in seconds; `null` for none, to be set later with {@link Timeout.reschedule}
 * @param body - a `function*` or an async function; it receives the {@link Timeout}
 * @returns what the body returns
 * @throws TimeoutError when the body was cancelled because the time was up
 *
 * **Cancellation** A cancel from outside wins over a limit that expires at the same time. A body that swallows the
 * CancelledError returns normally, and `expired()` tells.
 * **Differences from CPython** The block is a function.
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
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout
 */
export function timeout<T>(delay: number | null, body: Body<[Timeout], T>): CoroutineObject<T> {
  checkLimit(delay, 'delay')
  checkBody(body, 'timeout')
  return new TimeoutScope(() => new Timeout(delay === null ? null : getRunningLoop().time() + delay), body)
}

/**
 * Runs a body that has to be done at a given time: {@link timeout} with an absolute deadline.
 *
 * @param when - in seconds on the loop's clock, see `loop.time()`; `null` for none
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout_at
 */
export function timeoutAt<T>(when: number | null, body: Body<[Timeout], T>): CoroutineObject<T> {
  checkLimit(when, 'deadline')
  checkBody(body, 'timeoutAt')
  return new TimeoutScope(() => new Timeout(when), body)
}

import { beginBody, InertCoroutine, isGeneratorFunction } from '@asyncio-ts/core/primitives'
import type { Steps, Suspension } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'
import { abandonable } from './abandon.ts'

/** The limit on a body. */
interface Limit {
  enter(): unknown
  exit(error?: unknown): void
}

/** How a body is run under a limit. */
export interface LimitOptions {
  /**
   * Goes on as soon as the time is up or the task is cancelled, and leaves the body behind, which is told by a cancel
   * and by its signal. Without it the end of the body is waited for, and a promise that nothing can interrupt delays it.
   */
  abandon?: boolean | undefined
}

/** A call of `timeout` or `timeoutAt` that has not begun. */
export class TimeoutScope<T, L extends Limit> extends InertCoroutine<T> {
  readonly #make: () => L
  readonly #body: Body<[L], T>

  /** @param make - makes the limit when the call is awaited: from then on its time counts */
  constructor(make: () => L, body: Body<[L], T>, options: LimitOptions | undefined) {
    super()
    this.#make = make
    this.#body = options?.abandon === true ? abandonable(body) : body
  }

  override get _name(): string {
    return 'timeout'
  }

  protected override begin(): Steps<T> {
    return new TimeoutSteps(this.#make(), this.#body)
  }
}

/** Runs a body under a timeout: `async with timeout(...)`, with no generator of its own. */
class TimeoutSteps<T, L extends Limit> implements Steps<T> {
  readonly #timeout: L
  readonly #body: Body<[L], T>
  #inner: Iterator<Suspension, T, unknown> | null = null

  constructor(timeout: L, body: Body<[L], T>) {
    this.#timeout = timeout
    this.#body = body
  }

  /** What is run under the limit, for those who show where a task stands. */
  get _body(): unknown {
    return this.#inner
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
    // Cancelled before the first step: the scope has not been entered.
    if (this.#inner === null) throw error
    let result
    try {
      result = this.#inner.throw!(error)
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
    if (isGeneratorFunction(body)) this.#inner = body(this.#timeout) as Steps<T>
    else this.#inner = body.length > 0 ? beginBody(body, this.#timeout) : beginBody(body as Body<[], T>)
  }
}

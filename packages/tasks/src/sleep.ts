import { getRunningLoop, InertCoroutine, WakeTimer } from '@asyncio-ts/core'
import type { CoroutineObject, Steps, Suspension } from '@asyncio-ts/core'
import { checkSeconds } from './check-seconds.ts'

/** One bare turn. Written by hand: as a generator it would cost a third of all a task switch costs. */
class OneTurn<T> implements Steps<T> {
  readonly #result: T
  #yielded = false

  constructor(result: T) {
    this.#result = result
  }

  [Symbol.iterator](): Steps<T> {
    return this
  }

  next(): IteratorResult<Suspension, T> {
    if (this.#yielded) return { done: true, value: this.#result }
    this.#yielded = true
    return { done: false, value: undefined }
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    throw error
  }

  return(value: T): IteratorResult<Suspension, T> {
    return { done: true, value }
  }
}

/** Waits for a timer, and calls it off when the wait ends early. */
class UntilTimer<T> implements Steps<T> {
  readonly #steps: Iterator<Suspension, T, unknown>
  readonly #timer: WakeTimer<T>

  constructor(delay: number, result: T) {
    const loop = getRunningLoop()
    const future = loop.createFuture<T>()
    this.#timer = new WakeTimer(future as never, loop.time() + delay, result)
    this.#steps = future[Symbol.iterator]()
  }

  [Symbol.iterator](): Steps<T> {
    return this
  }

  next(): IteratorResult<Suspension, T> {
    return this.#steps.next()
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    this.#timer.cancel()
    throw error
  }

  return(value: T): IteratorResult<Suspension, T> {
    this.#timer.cancel()
    return { done: true, value }
  }
}

class Sleep<T> extends InertCoroutine<T> {
  readonly #delay: number
  readonly #result: T

  constructor(delay: number, result: T) {
    super()
    this.#delay = delay
    this.#result = result
  }

  override get _name(): string {
    return 'sleep'
  }

  protected override begin(): Steps<T> {
    return this.#delay <= 0 ? new OneTurn(this.#result) : new UntilTimer(this.#delay, this.#result)
  }
}

/**
 * Waits for `delay` seconds, then returns `result`.
 *
 * A delay of zero or less gives up exactly one turn of the loop, which lets everything else that is ready run once.
 *
 * @param delay - in seconds
 * @param result - what to return
 * @throws TypeError when `delay` is not a number
 * @throws ValueError when it is NaN
 *
 * **Cancellation** The timer is called off.
 * **Differences from CPython** A bad delay throws at the call, before anything is awaited.
 * @example
 * import { sleep } from '@asyncio-ts/tasks'
 *
 * console.log(await sleep(0.01, 'awake'))
 * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.sleep
 */
export function sleep(delay: number): CoroutineObject<void>
export function sleep<T>(delay: number, result: T): CoroutineObject<T>
export function sleep(delay: number, result?: unknown): CoroutineObject<unknown> {
  checkSeconds(delay, 'delay')
  return new Sleep(delay, result)
}

import { getRunningLoop } from '@asyncio-ts/core'
import { InertCoroutine, TimerFuture } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, Steps, Suspension } from '@asyncio-ts/core'
import { checkSeconds } from './check-seconds.ts'

/** One bare turn. Written by hand: as a generator it would cost a third of all a task switch costs. */
class OneTurn<T> implements Steps<T> {
  declare private readonly _result: T
  declare private _yielded: boolean

  constructor(result: T) {
    this._result = result
    this._yielded = false
  }

  [Symbol.iterator](): Steps<T> {
    return this
  }

  next(): IteratorResult<Suspension, T> {
    if (this._yielded) return { done: true, value: this._result }
    this._yielded = true
    return { done: false, value: undefined }
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    throw error
  }

  return(value: T): IteratorResult<Suspension, T> {
    return { done: true, value }
  }
}

class Sleep<T> extends InertCoroutine<T> {
  declare private readonly _delay: number
  declare private readonly _result: T

  constructor(delay: number, result: T) {
    super()
    this._delay = delay
    this._result = result
  }

  override get _name(): string {
    return 'sleep'
  }

  protected override begin(): Steps<T> {
    if (this._delay <= 0) return new OneTurn(this._result)
    const loop = getRunningLoop()
    return new TimerFuture(loop, loop.time() + this._delay, this._result)
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
 * @remarks
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

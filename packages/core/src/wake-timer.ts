import type { KernelLoop, KernelTimer } from './contract/kernel.ts'
import type { Future } from './future.ts'

/**
 * A timer that gives a future its result: what `sleep` and every time limit wait on.
 *
 * It is a timer of the loop itself, with no handle, callback, arguments or context around it.
 */
export class WakeTimer<T> implements KernelTimer {
  readonly _when: number
  _cancelled = false
  _scheduled = false
  readonly #future: Future<T>
  readonly #result: T

  /** @param when - in seconds on the clock of the future's loop */
  constructor(future: Future<T>, when: number, result: T) {
    this._when = when
    this.#future = future
    this.#result = result
    future._loop._addTimer(this)
  }

  run(): void {
    if (!this._cancelled && this.#future._state === 0) this.#future._settle(1, this.#result)
  }

  cancel(): void {
    if (this._cancelled || !this._scheduled) return
    this._cancelled = true
    ;(this.#future._loop as KernelLoop)._timerCancelled()
  }

  toString(): string {
    return `<WakeTimer when=${this._when}>`
  }
}

import type { FutureState, KernelLoop, KernelTimer } from './contract/kernel.ts'
import { Future } from './future.ts'

/**
 * A future that gets its result when the time has come: the timer and what waits for it in one, for authors of
 * primitives. Cancelling the future calls the timer off.
 */
export class TimerFuture<T> extends Future<T> implements KernelTimer {
  declare readonly _when: number
  declare _cancelled: boolean
  declare _scheduled: boolean
  declare private readonly _result: T

  /** @param when - in seconds on the clock of `loop` */
  constructor(loop: KernelLoop, when: number, result: T) {
    super(loop._own)
    this._when = when
    this._cancelled = false
    this._scheduled = false
    this._result = result
    loop._addTimer(this)
  }

  run(): void {
    if (this._state === 0) this._settle(1, this._result)
  }

  override _settle(state: Exclude<FutureState, 0>, value: unknown): void {
    super._settle(state, value)
    if (!this._scheduled) return
    this._cancelled = true
    this._loop._timerCancelled()
  }
}

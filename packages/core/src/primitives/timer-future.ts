import type { FutureState, KernelLoop, KernelTimer } from '../contract/kernel.ts'
import { WaitingFuture } from './waiting-future.ts'

/**
 * A future that gets its result when the time has come, for authors of primitives. The timer is cancelled when the
 * future is cancelled, and when the wait for it ends early.
 */
export class TimerFuture<T> extends WaitingFuture<T> implements KernelTimer {
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

  protected override arrived(): T {
    return this._result
  }

  protected override left(): void {
    this.cancel()
  }

  override _settle(state: Exclude<FutureState, 0>, value: unknown): void {
    super._settle(state, value)
    if (!this._scheduled) return
    this._cancelled = true
    this._loop._timerCancelled()
  }
}

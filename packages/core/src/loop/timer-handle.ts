import type { ContextLike } from '../contract/context.ts'
import type { TimerHandleLike } from '../contract/handle.ts'
import type { KernelLoop, KernelTimer } from '../contract/kernel.ts'
import { Handle } from './handle.ts'

/**
 * A handle that waits for its time.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.TimerHandle
 */
export class TimerHandle extends Handle implements TimerHandleLike, KernelTimer {
  declare readonly _when: number
  declare _scheduled: boolean

  constructor(
    when: number,
    loop: KernelLoop,
    callback: (...args: never[]) => unknown,
    args: readonly unknown[],
    context: ContextLike | null,
  ) {
    super(loop, callback, args, context)
    this._when = when
    this._scheduled = false
  }

  /** The time at which the callback is due, in seconds on the loop's clock. */
  when(): number {
    return this._when
  }

  override cancel(): void {
    if (this._cancelled) return
    super.cancel()
    if (this._scheduled) this._loop._timerCancelled()
  }

  protected override describe(): string[] {
    return [...super.describe(), `when=${this._when}`]
  }
}

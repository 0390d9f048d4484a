import type { KernelLoop } from '../contract/kernel.ts'
import { QuietFuture } from './quiet-future.ts'
import type { TaskPart } from '../contract/task-part.ts'
import type { CallObserver, Frame } from './frame.ts'

/**
 * The wait for a call that goes on by itself.
 *
 * Within the task that the call is a part of, a cancel goes to the call, and the wait ends when that has unwound. From
 * elsewhere the call is like a promise: the wait ends at once, and the call goes on.
 */
export class CallWait extends QuietFuture implements CallObserver {
  readonly #frame: Frame
  readonly #target: TaskPart | null

  /** @param target - what a cancel goes to, where the call belongs to the task that waits */
  constructor(loop: KernelLoop, frame: Frame, target: TaskPart | null) {
    super(loop._own)
    this.#frame = frame
    this.#target = target
    if (frame._state === 0) frame._observe(this)
    else this._callSettled(frame)
  }

  get _passesCancel(): boolean {
    return this.#target !== null
  }

  _callSettled(frame: Frame): void {
    if (this._state === 0) this._settle(frame._state === 1 ? 1 : 2, frame._value)
  }

  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    if (this._state === 0 && this.#target !== null) {
      this.#target._deliverThrough(message, options)
      return true
    }
    const cancelled = super.cancel(message, options)
    if (cancelled) this.#frame._unobserve(this)
    return cancelled
  }
}

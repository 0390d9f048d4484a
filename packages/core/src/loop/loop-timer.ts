import type { KernelLoop, KernelTimer } from '../contract/kernel.ts'

/**
 * A timer of the loop itself, with no handle, callback, arguments or context around it.
 *
 * For authors of primitives: a subclass says in {@link run} what happens when the time has come.
 */
export abstract class LoopTimer implements KernelTimer {
  readonly _when: number
  _cancelled = false
  _scheduled = false
  readonly #loop: KernelLoop

  /** @param when - in seconds on the clock of `loop` */
  constructor(loop: KernelLoop, when: number) {
    this.#loop = loop
    this._when = when
    loop._addTimer(this)
  }

  abstract run(): void

  /** Calls the timer off, when its time has not come yet. */
  cancel(): void {
    if (this._cancelled) return
    this._cancelled = true
    if (this._scheduled) this.#loop._timerCancelled()
  }

  toString(): string {
    return `<${this.constructor.name} when=${this._when}>`
  }
}

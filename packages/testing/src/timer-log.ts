import { reprOf, WakeTimer } from '@asyncio-ts/core/primitives'
import type { KernelFuture, KernelTimer } from '@asyncio-ts/core/primitives'

const REBUILD_THRESHOLD = 64

/** The timers that a loop has been given and that are still to come. */
export class TimerLog {
  #timers: KernelTimer[] = []
  #rebuildAt = REBUILD_THRESHOLD

  add(timer: KernelTimer): void {
    this.#timers.push(timer)
    if (this.#timers.length < this.#rebuildAt) return
    this.#timers = this.pending()
    this.#rebuildAt = Math.max(REBUILD_THRESHOLD, this.#timers.length * 2)
  }

  pending(): KernelTimer[] {
    return this.#timers.filter((timer) => timer._scheduled && !timer._cancelled)
  }

  /** What a future waits for, when it is a timer. */
  deadlineOf(future: KernelFuture): string | null {
    for (const timer of this.#timers) {
      if (!timer._scheduled || timer._cancelled) continue
      const target: unknown = timer instanceof WakeTimer ? timer._target : timer
      if (target === future) return `the clock, until ${reprOf(timer._when)} s`
    }
    return null
  }
}

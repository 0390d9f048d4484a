import { FOREVER_MS } from './constants.ts'

/** Keeps the process alive while there is something to wait for. */
export class ProcessHold {
  #timer: ReturnType<typeof setInterval> | null = null
  #isHeld = false

  set(hold: boolean): void {
    if (hold === this.#isHeld) return
    this.#isHeld = hold
    // It changes with every call, so it keeps its timer.
    if (hold) (this.#timer ??= setInterval(() => undefined, FOREVER_MS)).ref()
    else this.#timer?.unref()
  }

  release(): void {
    this.#isHeld = false
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}

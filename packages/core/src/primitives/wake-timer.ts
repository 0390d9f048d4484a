import type { Future } from '../futures/future.ts'
import { LoopTimer } from '../loop/loop-timer.ts'

/** Gives a future its result when the time has come, unless it is done by then: what `sleep` waits on. */
export class WakeTimer<T> extends LoopTimer {
  readonly #future: Future<T>
  readonly #result: T

  /** @param when - in seconds on the clock of the future's loop */
  constructor(future: Future<T>, when: number, result: T) {
    super(future._loop, when)
    this.#future = future
    this.#result = result
  }

  /** What it gives its result to. */
  get _target(): Future<T> {
    return this.#future
  }

  run(): void {
    if (!this._cancelled && this.#future._state === 0) this.#future._settle(1, this.#result)
  }
}

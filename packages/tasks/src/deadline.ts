import { getRunningLoop } from '@asyncio-ts/core'
import { LoopTimer } from '@asyncio-ts/core/primitives'
import type { Runnable } from '@asyncio-ts/core/primitives'

/** What can be called off until it has come. */
export interface Deadline {
  cancel(): void
}

class Timer extends LoopTimer implements Deadline {
  readonly #expire: Runnable

  constructor(when: number, expire: Runnable) {
    super(getRunningLoop(), when)
    this.#expire = expire
  }

  run(): void {
    if (!this._cancelled) this.#expire.run()
  }
}

/** A deadline that has passed already: it comes in the next turn, never inside the call. */
class Overdue implements Deadline, Runnable {
  #expire: Runnable | null

  constructor(expire: Runnable) {
    this.#expire = expire
    getRunningLoop()._enqueue(this)
  }

  run(): void {
    this.#expire?.run()
  }

  cancel(): void {
    this.#expire = null
  }
}

/**
 * Runs `expire` when the time has come.
 *
 * @param when - in seconds on the running loop's clock
 */
export function atDeadline(when: number, expire: Runnable): Deadline {
  return when <= getRunningLoop().time() ? new Overdue(expire) : new Timer(when, expire)
}

import { ValueError } from '@asyncio-ts/core'
import type { Clock } from '@asyncio-ts/core'

/** A clock that stands still until it is moved. */
export class VirtualClock implements Clock {
  #seconds: number

  /** @param start - in seconds */
  constructor(start = 0) {
    this.#seconds = start
  }

  now(): number {
    return this.#seconds
  }

  /**
   * Moves the clock.
   *
   * @param seconds - where to; time never goes back
   * @throws ValueError when that is in the past, or not a number
   */
  moveTo(seconds: number): void {
    if (!(seconds >= this.#seconds)) {
      throw new ValueError(
        `The clock is at ${this.#seconds} s and cannot be moved to ${seconds}: time never goes back.`,
      )
    }
    this.#seconds = seconds
  }
}

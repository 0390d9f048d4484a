import type { Call } from './call.ts'

/** From how many calls that have left on the room they took is given back. */
const SLACK = 1024

/** The calls that no worker has: first in, first out. */
export class CallQueue {
  #calls: Call<unknown>[] = []
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(call: Call<unknown>): void {
    this.#calls.push(call)
    this.#size += 1
    call.isQueued = true
  }

  first(): Call<unknown> | null {
    // A call that was removed is skipped when its turn comes.
    while (this.#head < this.#calls.length && this.#calls[this.#head]?.isQueued !== true) this.#head += 1
    return this.#calls[this.#head] ?? null
  }

  shift(): Call<unknown> | null {
    const call = this.first()
    if (call === null) return null
    this.#head += 1
    this.remove(call)
    return call
  }

  /** Puts calls before all the others. */
  unshift(calls: readonly Call<unknown>[]): void {
    if (calls.length === 0) return
    this.#calls = [...calls, ...this.#calls.slice(this.#head).filter((call) => call.isQueued)]
    this.#head = 0
    this.#size += calls.length
    for (const call of calls) call.isQueued = true
  }

  remove(call: Call<unknown>): void {
    if (!call.isQueued) return
    call.isQueued = false
    this.#size -= 1
    if (this.#size === 0 || (this.#head > SLACK && this.#head * 2 > this.#calls.length)) {
      this.#calls = this.#size === 0 ? [] : this.#calls.slice(this.#head)
      this.#head = 0
    }
  }
}

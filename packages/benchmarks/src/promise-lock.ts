import type { Acquirable } from './acquirable.ts'

/** The lock one writes by hand: a flag and a line of resolvers, no cancellation. */
export class PromiseLock implements Acquirable {
  #locked = false
  #waiters: (() => void)[] = []
  #first = 0

  acquire(): Promise<void> | undefined {
    if (this.#locked) return new Promise((resolve) => void this.#waiters.push(resolve))
    this.#locked = true
    return undefined
  }

  release(): void {
    if (this.#first < this.#waiters.length) {
      this.#waiters[this.#first++]!()
      return
    }
    this.#locked = false
    this.#waiters = []
    this.#first = 0
  }
}

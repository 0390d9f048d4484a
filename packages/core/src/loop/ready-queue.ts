import type { ReadyItems, Runnable } from '../contract/kernel.ts'

const INITIAL_CAPACITY = 64

/** The first-in, first-out queue of what runs next: a ring whose capacity is a power of two. */
export class ReadyQueue implements ReadyItems {
  #items: (Runnable | undefined)[] = new Array<Runnable | undefined>(INITIAL_CAPACITY).fill(undefined)
  #mask = INITIAL_CAPACITY - 1
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(item: Runnable): void {
    if (this.#size > this.#mask) this.#grow()
    this.#items[(this.#head + this.#size) & this.#mask] = item
    this.#size++
  }

  /** Takes the oldest item. The queue may not be empty. */
  shift(): Runnable {
    const index = this.#head
    const item = this.#items[index]!
    this.#items[index] = undefined
    this.#head = (index + 1) & this.#mask
    this.#size--
    return item
  }

  clear(): void {
    while (this.#size > 0) this.shift()
  }

  #grow(): void {
    const capacity = (this.#mask + 1) * 2
    const items = new Array<Runnable | undefined>(capacity).fill(undefined)
    for (let i = 0; i < this.#size; i++) items[i] = this.#items[(this.#head + i) & this.#mask]
    this.#items = items
    this.#mask = capacity - 1
    this.#head = 0
  }
}

const INITIAL_CAPACITY = 16
/** A store that has been larger than this, in items, gives its memory back when it is empty. */
const KEPT_CAPACITY = 1024

/** A first-in, first-out store whose capacity is a power of two. */
export class Ring<T> {
  #items: (T | undefined)[] = emptySlots()
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(item: T): void {
    if (this.#size === this.#items.length) this.#grow()
    this.#items[(this.#head + this.#size++) & (this.#items.length - 1)] = item
  }

  /** Takes the oldest item. The ring must not be empty. */
  shift(): T {
    const item = this.#items[this.#head] as T
    this.#items[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#items.length - 1)
    if (--this.#size === 0 && this.#items.length > KEPT_CAPACITY) {
      this.#items = emptySlots()
      this.#head = 0
    }
    return item
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let i = 0; i < this.#size; i++) yield this.#items[(this.#head + i) & (this.#items.length - 1)] as T
  }

  #grow(): void {
    const items: (T | undefined)[] = [...this]
    items.length = this.#items.length * 2
    this.#items = items.fill(undefined, this.#size)
    this.#head = 0
  }
}

function emptySlots<T>(): (T | undefined)[] {
  return new Array<T | undefined>(INITIAL_CAPACITY).fill(undefined)
}

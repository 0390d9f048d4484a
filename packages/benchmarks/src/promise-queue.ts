/** The bounded queue one writes by hand: nothing but promises, no cancellation, no fairness beyond first come. */
export class PromiseQueue<T> {
  readonly #items: T[] = []
  readonly #getters: ((item: T) => void)[] = []
  readonly #putters: { item: T; resolve: () => void }[] = []
  readonly #maxsize: number

  constructor(maxsize: number) {
    this.#maxsize = maxsize
  }

  put(item: T): Promise<void> | undefined {
    const getter = this.#getters.shift()
    if (getter !== undefined) {
      getter(item)
      return undefined
    }
    if (this.#items.length < this.#maxsize) {
      this.#items.push(item)
      return undefined
    }
    return new Promise((resolve) => void this.#putters.push({ item, resolve }))
  }

  get(): Promise<T> | T {
    if (this.#items.length === 0) return new Promise((resolve) => void this.#getters.push(resolve))
    const item = this.#items.shift()!
    const putter = this.#putters.shift()
    if (putter !== undefined) {
      this.#items.push(putter.item)
      putter.resolve()
    }
    return item
  }
}

type Asyncgen = AsyncGenerator<unknown, unknown, unknown>

/** The async generators that were begun on a loop; holds them weakly. */
export class AsyncgenRegistry {
  readonly #generators = new Set<WeakRef<Asyncgen>>()
  readonly #collected = new FinalizationRegistry<WeakRef<Asyncgen>>((reference) => this.#generators.delete(reference))
  #shutDown = false

  add(generator: Asyncgen): void {
    if (this.#shutDown) {
      console.warn('asynchronous generator was scheduled after loop.shutdownAsyncgens() call: it will not be closed.')
    }
    const reference = new WeakRef(generator)
    this.#generators.add(reference)
    this.#collected.register(generator, reference)
  }

  /** Hands over what has to be closed, and warns of what comes later. */
  shutdown(): Asyncgen[] {
    this.#shutDown = true
    const left = [...this.#generators].flatMap((reference) => reference.deref() ?? [])
    this.#generators.clear()
    return left
  }
}

/**
 * One hold of a lock, or one slot of a semaphore; releases it at the end of a `using` block.
 *
 * Releasing twice does nothing, and neither does releasing a lock's guard after the lock itself was released: it never
 * ends somebody else's hold. A semaphore cannot know which of its slots a call of its own `release` gives back: there,
 * release each slot one way only.
 *
 * @extension
 */
export class Guard implements Disposable {
  readonly #owner: { release(): void }
  _released = false

  constructor(owner: { release(): void }) {
    this.#owner = owner
  }

  /** Ends the hold, unless it has ended. */
  release(): void {
    if (this._released) return
    this._released = true
    this.#owner.release()
  }

  [Symbol.dispose](): void {
    this.release()
  }
}

// What compilers make of `using` looks for this symbol where the engine has no Symbol.dispose yet.
if ((Symbol.dispose as symbol | undefined) === undefined) {
  Object.defineProperty(Guard.prototype, Symbol.for('Symbol.dispose'), { value: Guard.prototype.release })
}

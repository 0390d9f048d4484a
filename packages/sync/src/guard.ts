/**
 * One hold of a lock or a semaphore; releases it at the end of a `using` block.
 *
 * Releasing twice does nothing, and neither does releasing a lock's guard after the lock itself was released: it never
 * ends somebody else's hold.
 */
export class Guard implements Disposable {
  readonly #owner: { release(): void }
  _released = false

  constructor(owner: { release(): void }) {
    this.#owner = owner
  }

  release(): void {
    if (this._released) return
    this._released = true
    this.#owner.release()
  }

  [Symbol.dispose](): void {
    this.release()
  }
}

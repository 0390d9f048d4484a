/**
 * One hold of a lock, or one slot of a semaphore; `using` releases it at the end of the block.
 *
 * Releasing twice does nothing, and neither does releasing a lock's guard after the lock itself was released: it never
 * ends the hold of another task. A semaphore cannot know which of its slots a call of its own `release` gives back:
 * there, release each slot one way only.
 *
 * @extension
 */
export interface Guard extends Disposable {
  /** Ends the hold, unless it has ended. */
  release(): void
}

/** The base of guards. */
export abstract class HoldGuard implements Guard {
  abstract release(): void

  [Symbol.dispose](): void {
    this.release()
  }
}

// What compilers make of `using` looks for this symbol where the engine has no Symbol.dispose yet.
if ((Symbol.dispose as symbol | undefined) === undefined) {
  const value = function (this: HoldGuard): void {
    this.release()
  }
  Object.defineProperty(HoldGuard.prototype, Symbol.for('Symbol.dispose'), { value })
}

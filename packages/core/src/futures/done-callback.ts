import type { ContextLike, ContextValues } from '../contract/context.ts'
import type { KernelFuture, Runnable, Scope } from '../contract/kernel.ts'
import { Context, currentValues } from '../context/context.ts'
import { captureScope } from '../host/user-stores.ts'
import { functionName } from '../repr.ts'
import { runtime } from '../runtime.ts'

/** A callback of `addDoneCallback`, which queues itself as it is. */
export class DoneCallback<F extends KernelFuture> implements Runnable {
  // As for a Handle: no private names, and no context before it runs.
  declare readonly callback: (future: F) => unknown
  declare private readonly _future: F
  declare private readonly _context: ContextLike | null
  declare private readonly _values: ContextValues | null
  declare private readonly _scope: Scope | null

  constructor(future: F, callback: (future: F) => unknown, context: ContextLike | undefined) {
    if (typeof callback !== 'function') throw new TypeError('addDoneCallback takes a function.')
    this.callback = callback
    this._future = future
    this._context = context ?? null
    this._values = context === undefined ? currentValues() : null
    this._scope = captureScope()
  }

  run(): void {
    runtime.microtasks = true
    runtime.follower?.follow(undefined)
    runtime.context = this._context ?? new Context(this._values!)
    try {
      if (this._scope === null) this.callback(this._future)
      else this._scope.runInAsyncScope(this.callback, undefined, this._future)
    } catch (exception) {
      const message = `Exception in callback ${functionName(this.callback)}()`
      this._future._loop.callExceptionHandler({ message, exception, future: this._future })
    } finally {
      runtime.context = null
    }
  }

  toString(): string {
    return `${functionName(this.callback)}()`
  }
}

import type { ContextLike } from './contract/context.ts'
import type { KernelFuture, Runnable } from './contract/kernel.ts'
import { copyContext } from './context.ts'
import { functionName } from './repr.ts'
import { runtime } from './runtime.ts'

/** A callback of `addDoneCallback`, which queues itself as it is. */
export class DoneCallback<F extends KernelFuture> implements Runnable {
  readonly callback: (future: F) => unknown
  readonly #future: F
  readonly #context: ContextLike

  constructor(future: F, callback: (future: F) => unknown, context: ContextLike | undefined) {
    if (typeof callback !== 'function') throw new TypeError('addDoneCallback takes a function.')
    this.callback = callback
    this.#future = future
    this.#context = context ?? copyContext()
  }

  run(): void {
    runtime.microtasks = true
    runtime.context = this.#context
    try {
      this.callback(this.#future)
    } catch (exception) {
      const message = `Exception in callback ${functionName(this.callback)}()`
      this.#future._loop.callExceptionHandler({ message, exception, future: this.#future })
    } finally {
      runtime.context = null
    }
  }

  toString(): string {
    return `${functionName(this.callback)}()`
  }
}

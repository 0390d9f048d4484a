import type { ContextLike } from './contract/context.ts'
import type { HandleLike } from './contract/handle.ts'
import type { KernelLoop, Runnable } from './contract/kernel.ts'
import { KeyboardInterrupt } from './errors.ts'
import { functionName, INSPECT } from './repr.ts'
import { runtime } from './runtime.ts'

/** The callback of a handle that has been cancelled or has run: holds on to nothing. */
function nothing(): void {
  return undefined
}

/**
 * A callback that the loop will run in its turn, and that can be called off until then.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Handle
 */
export class Handle implements HandleLike, Runnable {
  readonly _loop: KernelLoop
  readonly #context: ContextLike
  #callback: (...args: never[]) => unknown
  #args: readonly unknown[]
  _cancelled = false

  constructor(
    loop: KernelLoop,
    callback: (...args: never[]) => unknown,
    args: readonly unknown[],
    context: ContextLike,
  ) {
    this._loop = loop
    this.#callback = callback
    this.#args = args
    this.#context = context
  }

  /** Calls the callback off. Nothing happens when it has run. */
  cancel(): void {
    this._cancelled = true
    this.#callback = nothing
    this.#args = []
  }

  cancelled(): boolean {
    return this._cancelled
  }

  getContext(): ContextLike {
    return this.#context
  }

  run(): void {
    if (this._cancelled) return
    runtime.microtasks = true
    runtime.context = this.#context
    try {
      ;(this.#callback as (...args: unknown[]) => unknown)(...this.#args)
    } catch (exception) {
      if (exception instanceof KeyboardInterrupt) {
        this._loop._interrupt(exception)
        return
      }
      const message = `Exception in callback ${functionName(this.#callback)}()`
      this._loop.callExceptionHandler({ message, exception, handle: this })
    } finally {
      runtime.context = null
    }
  }

  protected describe(): string[] {
    return this._cancelled ? ['cancelled'] : [`${functionName(this.#callback)}()`]
  }

  toString(): string {
    return `<${[this.constructor.name, ...this.describe()].join(' ')}>`
  }

  [INSPECT](): string {
    return this.toString()
  }
}

import type { ContextLike, ContextValues } from '../contract/context.ts'
import type { HandleLike } from '../contract/handle.ts'
import type { KernelLoop, Runnable, Scope } from '../contract/kernel.ts'
import { Context, currentValues } from '../context/context.ts'
import { isInterruption } from '../errors/errors.ts'
import { captureScope } from '../host/user-stores.ts'
import { functionName, INSPECT } from '../repr.ts'
import { runtime } from '../runtime.ts'

const NO_ARGUMENTS: readonly unknown[] = []

/** The callback of a handle that has been cancelled or has run: holds on to nothing. */
function nothing(): void {
  return undefined
}

/**
 * A callback that the loop will run in its turn, and that can be cancelled until then.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Handle
 */
export class Handle implements HandleLike, Runnable {
  // Hundreds of thousands of timers may wait: no private names, whose definition costs as much as the rest, and no
  // context until it is asked for.
  declare readonly _loop: KernelLoop
  declare _cancelled: boolean
  declare private _callback: (...args: never[]) => unknown
  declare private _args: readonly unknown[]
  declare private _context: ContextLike | null
  /** What the context begins with, until there is one. */
  declare private readonly _values: ContextValues | null
  /** The user's AsyncLocalStorage stores where the callback was scheduled, when there are any. */
  declare private readonly _scope: Scope | null

  /** @param context - a copy of the caller's when `null` */
  constructor(
    loop: KernelLoop,
    callback: (...args: never[]) => unknown,
    args: readonly unknown[],
    context: ContextLike | null,
  ) {
    this._loop = loop
    this._cancelled = false
    this._callback = callback
    this._args = args.length === 0 ? NO_ARGUMENTS : args
    this._context = context
    this._values = context === null ? currentValues() : null
    this._scope = captureScope()
  }

  /** Calls the callback off. Nothing happens when it has run. */
  cancel(): void {
    this._cancelled = true
    this._callback = nothing
    this._args = NO_ARGUMENTS
  }

  cancelled(): boolean {
    return this._cancelled
  }

  getContext(): ContextLike {
    return (this._context ??= new Context(this._values!))
  }

  run(): void {
    if (this._cancelled) return
    runtime.microtasks = true
    runtime.follower?.follow(undefined)
    runtime.context = this.getContext()
    try {
      const callback = this._callback as (...args: unknown[]) => unknown
      if (this._scope === null) callback(...this._args)
      else this._scope.runInAsyncScope(callback, undefined, ...this._args)
    } catch (exception) {
      if (isInterruption(exception)) {
        this._loop._interrupt(exception)
        return
      }
      const message = `Exception in callback ${functionName(this._callback)}()`
      this._loop.callExceptionHandler({ message, exception, handle: this })
    } finally {
      runtime.context = null
    }
  }

  protected describe(): string[] {
    return this._cancelled ? ['cancelled'] : [`${functionName(this._callback)}()`]
  }

  toString(): string {
    return `<${[this.constructor.name, ...this.describe()].join(' ')}>`
  }

  [INSPECT](): string {
    return this.toString()
  }
}

import type { ContextLike, ContextValues, Variable } from '../contract/context.ts'
import { RuntimeError } from '../errors/errors.ts'
import { flowTask } from '../host/async-function-task.ts'
import { runtime } from '../runtime.ts'

const CONTEXT = Symbol.for('asyncio-ts.Context')

/**
 * A set of values of context variables, as `contextvars.Context`.
 *
 * Every task runs in a context of its own, a copy of the one in which it was made; copying takes constant time.
 *
 * @see https://docs.python.org/3/library/contextvars.html#contextvars.Context
 */
export class Context implements ContextLike {
  /** Never changed in place: copies share it until one of them sets a variable. */
  _values: ContextValues
  #entered = false

  constructor(values: ContextValues = new Map()) {
    this._values = values
  }

  /**
   * Calls `callback` in this context and returns what it returns.
   *
   * The context is in force until `callback` returns: an async function leaves it at its first await.
   *
   * @throws {@link RuntimeError} when the context is already entered
   */
  run<A extends unknown[], R>(callback: (...args: A) => R, ...args: A): R {
    if (this.#entered || (runtime.context ?? runtime.task?._ownContext) === this) {
      throw new RuntimeError('This context is already entered. Run the callback in a copy: context.copy().run(...).')
    }
    const previous = runtime.context
    runtime.context = this
    this.#entered = true
    try {
      return callback(...args)
    } finally {
      this.#entered = false
      runtime.context = previous
    }
  }

  /** The value of `variable` in this context, or `defaultValue`. */
  get<T>(variable: Variable<T>): T | undefined
  get<T, D>(variable: Variable<T>, defaultValue: D): T | D
  get(variable: Variable<unknown>, defaultValue?: unknown): unknown {
    return this._values.has(variable) ? this._values.get(variable) : defaultValue
  }

  has(variable: Variable<unknown>): boolean {
    return this._values.has(variable)
  }

  copy(): Context {
    return new Context(this._values)
  }

  get [CONTEXT](): true {
    return true
  }

  get size(): number {
    return this._values.size
  }

  [Symbol.iterator](): IterableIterator<[Variable<unknown>, unknown]> {
    return this._values.entries()
  }
}

/** Tells whether `value` is a Context, of this copy of core or of another. */
export function isContext(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[CONTEXT] === true
}

/** The context that the caller runs in. */
export function currentContext(): Context {
  const context = runtime.context ?? (runtime.task ?? flowTask())?._context ?? rootContext()
  return context as Context
}

/** The values of the context that the caller runs in; a task's is not made for the sake of a look. */
export function currentValues(): ContextValues {
  const { context } = runtime
  if (context !== null) return (context as Context)._values
  const task = runtime.task ?? flowTask()
  return task === null ? rootContext()._values : task._contextValues()
}

function rootContext(): Context {
  return (runtime.rootContext ??= new Context()) as Context
}

/**
 * Returns a copy of the caller's context.
 *
 * @see https://docs.python.org/3/library/contextvars.html#contextvars.copy_context
 */
export function copyContext(): Context {
  return new Context(currentValues())
}

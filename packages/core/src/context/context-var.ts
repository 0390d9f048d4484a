import type { Variable } from '../contract/context.ts'
import { currentContext, currentValues } from './context.ts'
import type { Context } from './context.ts'
import { LookupError, RuntimeError, ValueError } from '../errors/errors.ts'

const MISSING = Symbol('missing')

/** Where the executor of a worker puts the values of the caller's variables: by name, as every thread has its own. */
const INHERITED = Symbol.for('asyncio-ts.inherited')
const shared = globalThis as unknown as Record<symbol, ReadonlyMap<string, unknown> | undefined>

/** What {@link ContextVar.set} returns: restores the earlier value. */
export class Token<T> {
  readonly variable: ContextVar<T>
  readonly #oldValue: T | typeof MISSING
  readonly #context: Context
  #used = false

  constructor(variable: ContextVar<T>, oldValue: T | typeof MISSING, context: Context) {
    this.variable = variable
    this.#oldValue = oldValue
    this.#context = context
  }

  /** Hands out the value to restore in `context`, once. */
  _take(context: Context): { missing: boolean; value: T | undefined } {
    if (this.#used) throw new RuntimeError('This token has already been used: a token restores its variable once.')
    if (context !== this.#context) {
      throw new ValueError(
        `This token of '${this.variable.name}' was made in a different context: reset it in the task that called set().`,
      )
    }
    this.#used = true
    const missing = this.#oldValue === MISSING
    return { missing, value: missing ? undefined : (this.#oldValue as T) }
  }
}

/**
 * A variable that has a value of its own in every task.
 *
 * @see https://docs.python.org/3/library/contextvars.html#contextvars.ContextVar
 */
export class ContextVar<T> implements Variable<T> {
  readonly name: string
  readonly #default: T | typeof MISSING

  /**
   * @param name - names the variable in messages
   * @param options.default - what {@link get} returns where no value is set
   */
  constructor(name: string, options?: { default: T }) {
    this.name = name
    this.#default = options !== undefined && 'default' in options ? options.default : MISSING
  }

  /**
   * Returns the value in the caller's context.
   *
   * @param fallback - returned when no value is set; wins over the variable's own default
   * @throws {@link LookupError} when there is no value, no fallback and no default
   */
  get(...fallback: [] | [T]): T {
    const values = currentValues()
    if (values.has(this)) return values.get(this) as T
    if (shared[INHERITED]?.has(this.name) === true) return shared[INHERITED].get(this.name) as T
    if (fallback.length > 0) return fallback[0]!
    if (this.#default !== MISSING) return this.#default
    throw new LookupError(`The context variable '${this.name}' has no value here, and no default.`)
  }

  /** Sets the value in the caller's context; other tasks do not see it. */
  set(value: T): Token<T> {
    const context = currentContext()
    const values = new Map(context._values)
    const token = new Token<T>(this, values.has(this) ? (values.get(this) as T) : MISSING, context)
    context._values = values.set(this, value)
    return token
  }

  /**
   * Restores the value from before the {@link set} that returned `token`.
   *
   * @throws {@link ValueError} when the token belongs to another variable, or was made in another context
   * @throws {@link RuntimeError} when the token has been used before
   */
  reset(token: Token<T>): void {
    if (token.variable !== this) {
      throw new ValueError(`This token was made by the variable '${token.variable.name}', not by '${this.name}'.`)
    }
    const context = currentContext()
    const { missing, value } = token._take(context)
    const values = new Map(context._values)
    if (missing) values.delete(this)
    else values.set(this, value)
    context._values = values
  }

  toString(): string {
    return `<ContextVar name='${this.name}'>`
  }
}

/** A context variable, as a context sees it. */
export interface Variable<out T> {
  readonly name: string
  get(): T
}

/** A set of values of context variables, as `contextvars.Context`. */
export interface ContextLike {
  run<A extends unknown[], R>(callback: (...args: A) => R, ...args: A): R
}

/** What a context holds. Never changed in place. */
export type ContextValues = ReadonlyMap<Variable<unknown>, unknown>

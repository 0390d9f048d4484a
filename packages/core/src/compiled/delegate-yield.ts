import { iteratorOf } from './async-iteration.ts'
import type { IteratorRecord } from './async-iteration.ts'
import { register } from './register.ts'

/** Yielded: the value is handed out as it is, without waiting for it. */
export const HAND_OUT = -0x20000000
/** Yielded: the generator is to be ended at once, by its `return`. */
export const RETURN = Number.NEGATIVE_INFINITY

type Step = IteratorResult<number, unknown>

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/**
 * `yield*` in an async generator. It is an iterator written out, as a generator cannot see what `return` brings.
 */
class Delegate implements IterableIterator<number, unknown, unknown> {
  readonly #record: IteratorRecord
  /** What the value that comes next is: that of a wait, or what the consumer sends. */
  #waitsFor: 'next' | 'return' | 'close' | 'nothing' = 'nothing'
  #isDone = false
  /** Set when the inner iterator has ended by `return`. */
  #returned = false

  constructor(
    iterable: unknown,
    private readonly site: number,
  ) {
    this.#record = iteratorOf(iterable)
  }

  [Symbol.iterator](): this {
    return this
  }

  next(value?: unknown): Step {
    switch (this.#waitsFor) {
      case 'nothing':
        return this.#await(Reflect.apply(this.#record.next, this.#record.iterator, [value]), 'next')
      case 'close':
        throw new TypeError('The iterator does not provide a throw method')
      case 'next':
      case 'return':
        return this.#receive(value)
    }
  }

  throw(error?: unknown): Step {
    if (this.#waitsFor !== 'nothing') return this.#failWait(error)
    const { iterator } = this.#record
    const method = iterator.throw as ((...values: unknown[]) => unknown) | null | undefined
    if (method !== undefined && method !== null) return this.#await(Reflect.apply(method, iterator, [error]), 'next')
    const close = iterator.return as ((...values: unknown[]) => unknown) | null | undefined
    if (close === undefined || close === null) throw new TypeError('The iterator does not provide a throw method')
    return this.#await(Reflect.apply(close, iterator, []), 'close')
  }

  return(value?: unknown): Step {
    if (this.#returned) return { done: true, value }
    if (this.#waitsFor !== 'nothing') return { done: true, value }
    const { iterator } = this.#record
    const method = iterator.return as ((...values: unknown[]) => unknown) | null | undefined
    if (method === undefined || method === null) return { done: true, value }
    return this.#await(Reflect.apply(method, iterator, [value]), 'return')
  }

  #await(result: unknown, kind: 'next' | 'return' | 'close'): Step {
    this.#waitsFor = kind
    if (!this.#record.isSync) {
      register.value = result
      return { done: false, value: this.site }
    }
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`)
    const { done, value } = result as IteratorResult<unknown>
    this.#isDone = Boolean(done)
    register.value = value
    return { done: false, value: this.site }
  }

  /** A wait has failed. Where the value of a synchronous iterator rejects, that is closed. */
  #failWait(error: unknown): never {
    const kind = this.#waitsFor
    this.#waitsFor = 'nothing'
    const { iterator, isSync } = this.#record
    if (isSync && !this.#isDone && kind === 'next') {
      try {
        void iterator.return?.()
      } catch {
        // The first error counts.
      }
    }
    throw error
  }

  #receive(result: unknown): Step {
    const isReturn = this.#waitsFor === 'return'
    this.#waitsFor = 'nothing'
    const { isSync } = this.#record
    if (!isSync && !isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`)
    const done = isSync ? this.#isDone : Boolean((result as IteratorResult<unknown>).done)
    const value = isSync ? result : (result as IteratorResult<unknown>).value
    if (!done) {
      register.value = value
      return { done: false, value: HAND_OUT - this.site }
    }
    return isReturn ? this.#end(value) : { done: true, value }
  }

  /** Ends the generator around: its runtime calls `return`, which comes back here. */
  #end(value: unknown): Step {
    this.#returned = true
    register.value = value
    return { done: false, value: RETURN }
  }
}

/** Begins a `yield*` in an async generator. */
export function delegateYield(iterable: unknown, site: number): IterableIterator<number, unknown, unknown> {
  return new Delegate(iterable, site)
}

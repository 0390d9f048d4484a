import { register } from './register.ts'

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** An iterator as the language uses it: its `next` is read once. */
export interface IteratorRecord {
  readonly iterator: Iterator<unknown> | AsyncIterator<unknown>
  readonly next: (this: unknown, ...values: unknown[]) => unknown
  /** Whether it is a synchronous iterator, whose values are awaited. */
  readonly isSync: boolean
}

/** What `for await` and `yield*` do first with what they are given. */
export function iteratorOf(iterable: unknown): IteratorRecord {
  // Reading a property of null or undefined throws the TypeError that is wanted.
  const source = iterable as { [Symbol.asyncIterator]?: unknown; [Symbol.iterator]?: unknown }
  const asyncMethod = source[Symbol.asyncIterator]
  const isSync = asyncMethod === undefined || asyncMethod === null
  const method = isSync ? source[Symbol.iterator] : asyncMethod
  if (typeof method !== 'function') throw new TypeError(`${describeValue(iterable)} is not async iterable`)
  const iterator: unknown = Reflect.apply(method, iterable, [])
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.asyncIterator method is not an object')
  const { next } = iterator as Iterator<unknown>
  return { iterator: iterator as Iterator<unknown>, next: next as IteratorRecord['next'], isSync }
}

function describeValue(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function' ? 'object' : String(value)
}

/** One `for await`: its steps, and how it is left. */
export class AsyncIteration {
  value: unknown = undefined
  /** Whether the iterator has to be closed if the loop ends now. */
  isOpen = false
  /** Whether the body has thrown. */
  failed = false
  readonly #record: IteratorRecord
  #isDone = false

  constructor(iterable: unknown) {
    this.#record = iteratorOf(iterable)
  }

  /** Takes the next step; returns what has to be awaited. */
  next(): unknown {
    this.isOpen = false
    const { iterator, next, isSync } = this.#record
    const result = Reflect.apply(next, iterator, [])
    if (!isSync) return result
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`)
    this.#isDone = Boolean((result as IteratorResult<unknown>).done)
    const { value } = result as IteratorResult<unknown>
    // A value that rejects closes the iterator.
    this.isOpen = !this.#isDone
    return value
  }

  /** Takes what was awaited; returns whether there is a value for the body. */
  more(result: unknown): boolean {
    if (this.#record.isSync) {
      this.value = result
      return !this.#isDone
    }
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`)
    if ((result as IteratorResult<unknown>).done) return false
    this.value = (result as IteratorResult<unknown>).value
    this.isOpen = true
    return true
  }

  /** Closes the iterator of a loop that was left. An error of the body comes before one of the iterator. */
  *close(site: number): Generator<number, void, unknown> {
    this.isOpen = false
    const { iterator, isSync } = this.#record
    let result: unknown
    try {
      const method = iterator.return as ((...values: unknown[]) => unknown) | null | undefined
      if (method === undefined || method === null) return
      result = Reflect.apply(method, iterator, [])
      if (isSync) {
        if (!isObject(result)) throw new TypeError(`${String(result)} is not an object`)
        const { done, value } = result as IteratorResult<unknown>
        register.value = value
        yield site
        result = { done, value }
      } else {
        register.value = result
        result = yield site
      }
    } catch (error) {
      if (this.failed) return
      throw error
    }
    if (!this.failed && !isObject(result)) throw new TypeError(`${String(result)} is not an object`)
  }
}

/** Begins a `for await`. */
export function asyncIterator(iterable: unknown): AsyncIteration {
  return new AsyncIteration(iterable)
}

import type { Suspension } from './contract/awaitable.ts'
import type { CoroutineObject, Steps } from './contract/coroutine.ts'
import { awaitCoroutine } from './await-coroutine.ts'
import { RuntimeError } from './errors.ts'
import { isAwait } from './is-await.ts'
import { noteAwaited, watchNeverAwaited } from './never-awaited.ts'
import { INSPECT } from './repr.ts'
import { runtime } from './runtime.ts'

const OPEN = 0
const STARTED = 1
const FINISHED = 2
const CLOSED = 3

/**
 * A coroutine object: nothing happens until it is first awaited, and it can be awaited once.
 *
 * For authors of primitives: a subclass says in {@link begin} what is done at the first await, and where that need not
 * wait, no generator and no promise is created.
 *
 * @example
 * class Take<T> extends InertCoroutine<T> {
 *   constructor(private readonly box: Box<T>) {
 *     super()
 *   }
 *   protected begin() {
 *     if (this.box.isEmpty()) return this.box.waitAndTake()
 *     this.result = this.box.take()
 *     return undefined
 *   }
 * }
 */
export abstract class InertCoroutine<T> implements CoroutineObject<T> {
  /** What the coroutine returns, when {@link begin} returned nothing. */
  protected result!: T
  #state: typeof OPEN | typeof STARTED | typeof FINISHED | typeof CLOSED = OPEN
  #steps: Steps<T> | undefined = undefined

  /** @param name - what it is called in messages, where {@link _name} cannot tell yet */
  constructor(name?: string) {
    if (runtime.debugLoops !== 0) watchNeverAwaited(this, name ?? this._name)
  }

  /**
   * Starts the coroutine. Called once, at the first await.
   *
   * @returns nothing, with {@link result} set, or what has to be run to get the result
   */
  protected abstract begin(): Steps<T> | undefined

  /** What it is called in messages. */
  get _name(): string {
    return this.constructor.name
  }

  /** Whether it has been awaited or closed. */
  get _isUsed(): boolean {
    return this.#state !== OPEN
  }

  /** Hands out the generator itself, so that `yield*` costs what it costs for a bare generator. */
  [Symbol.iterator](): Steps<T> {
    return this.#start() ?? this
  }

  next(value?: unknown): IteratorResult<Suspension, T> {
    if (this.#state === OPEN) this.#start()
    const steps = this.#steps
    if (steps !== undefined && this.#state === STARTED) return this.#note(() => steps.next(value))
    if (this.#state !== STARTED) throw this.#reused()
    this.#state = FINISHED
    return { done: true, value: this.result }
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    const steps = this.#steps
    if (this.#state === FINISHED) throw this.#reused()
    if (steps !== undefined) return this.#note(() => steps.throw(error))
    this.#end(FINISHED)
    throw error
  }

  return(value: T): IteratorResult<Suspension, T> {
    this.#end(CLOSED)
    return this.#steps?.return(value as T) ?? { done: true, value }
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    let steps
    try {
      steps = this.#start()
    } catch (error) {
      return Promise.reject(error).then(onFulfilled, onRejected)
    }
    if (steps !== undefined) return awaitCoroutine(steps, onFulfilled, onRejected)
    this.#state = FINISHED
    if (!isAwait(onRejected)) return Promise.resolve(this.result).then(onFulfilled, onRejected)
    ;(onFulfilled as (value: T) => void)(this.result)
    return undefined as never
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally)
  }

  toString(): string {
    return `<coroutine object ${this._name}>`
  }

  [INSPECT](): string {
    return this.toString()
  }

  get [Symbol.toStringTag](): string {
    return 'Coroutine'
  }

  #start(): Steps<T> | undefined {
    if (this.#state !== OPEN) throw this.#reused()
    this.#end(STARTED)
    return (this.#steps = this.begin())
  }

  /** Notes when a step by hand is the last one. */
  #note(step: () => IteratorResult<Suspension, T>): IteratorResult<Suspension, T> {
    let done: boolean | undefined = true
    try {
      const result = step()
      done = result.done
      return result
    } finally {
      if (done === true) this.#state = FINISHED
    }
  }

  #end(state: typeof STARTED | typeof FINISHED | typeof CLOSED): void {
    if (runtime.debugLoops !== 0 && this.#state === OPEN) noteAwaited(this)
    this.#state = state
  }

  #reused(): RuntimeError {
    const what = this.#state === CLOSED ? 'a closed' : 'already awaited'
    return new RuntimeError(`cannot reuse ${what} coroutine ${this._name}(): call the function again for a fresh one.`)
  }
}

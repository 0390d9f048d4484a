import type { Suspension } from '../contract/awaitable.ts'
import type { CoroutineObject, Steps } from '../contract/coroutine.ts'
import { awaitCoroutine } from './await-coroutine.ts'
import { RuntimeError } from '../errors/errors.ts'
import { rememberAwaits } from '../host/microtask-flow.ts'
import { isAwait } from '../is-await.ts'
import { noteAwaited, watchNeverAwaited } from './never-awaited.ts'
import { INSPECT } from '../repr.ts'
import { runtime } from '../runtime.ts'

const OPEN = 0
/** Not begun, and among the things that a `gather` or `wait` waits for. */
const CLAIMED = 1
/** `begin` gave the result. */
const READY = 2
/** `begin` gave what has to be run. */
const RUNNING = 3
const FINISHED = 4
const CLOSED = 5

type State = typeof OPEN | typeof CLAIMED | typeof READY | typeof RUNNING | typeof FINISHED | typeof CLOSED

/**
 * A coroutine object: nothing happens until it is first awaited, and it can be awaited once.
 *
 * For authors of primitives: a subclass implements {@link begin}, which runs at the first await. If it does not need to
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
  // One is made for every call of everything that waits: assignments in the constructor and no private names, whose
  // definition takes a third of the time it takes to make one.
  declare private _state: State
  /** What has to be run, or the result. */
  declare private _held: Steps<T> | T | undefined

  /** @param name - what it is called in messages, where {@link _name} cannot tell yet */
  constructor(name?: string) {
    this._state = OPEN
    this._held = undefined
    if (runtime.debugLoops !== 0) watchNeverAwaited(this, name ?? this._name)
  }

  /** What the coroutine returns, to be set by {@link begin} when it returns nothing. */
  protected set result(value: T) {
    this._held = value
  }

  /**
   * Starts the coroutine. Called once, at the first await.
   *
   * @returns nothing after setting {@link result}, or what must be run to get the result
   */
  protected abstract begin(): Steps<T> | undefined

  /** What it is called in messages. */
  get _name(): string {
    return this.constructor.name
  }

  /** Returns false from the second call on: `gather` notices an argument that was given twice. */
  _claim(): boolean {
    if (this._state === OPEN) this._state = CLAIMED
    else if (this._state === CLAIMED) return false
    return true
  }

  /** Hands out the generator itself, so that `yield*` costs what it costs for a bare generator. */
  [Symbol.iterator](): Steps<T> {
    return this._start() ?? this
  }

  next(value?: unknown): IteratorResult<Suspension, T> {
    if (this._state <= CLAIMED) this._start()
    if (this._state === RUNNING) {
      const steps = this._held as Steps<T>
      return this._note(() => steps.next(value))
    }
    if (this._state !== READY) throw this._reused()
    this._state = FINISHED
    return { done: true, value: this._held as T }
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    if (this._state === FINISHED) throw this._reused()
    if (this._state === RUNNING) {
      const steps = this._held as Steps<T>
      return this._note(() => steps.throw(error))
    }
    this._end(FINISHED)
    throw error
  }

  return(value: T): IteratorResult<Suspension, T> {
    const steps = this._state === RUNNING ? (this._held as Steps<T>) : null
    this._end(CLOSED)
    return steps?.return(value) ?? { done: true, value }
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    let steps
    try {
      steps = this._start()
    } catch (error) {
      return Promise.reject(error).then(onFulfilled, onRejected)
    }
    if (steps !== undefined) return awaitCoroutine(steps, onFulfilled, onRejected)
    this._state = FINISHED
    const result = this._held as T
    if (!isAwait(onRejected)) return Promise.resolve(result).then(onFulfilled, onRejected)
    ;(onFulfilled as (value: T) => void)(result)
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

  /**
   * Begins, on behalf of what awaits it.
   *
   * @returns what has to be run; nothing when {@link _take} has the result
   */
  _start(): Steps<T> | undefined {
    if (this._state > CLAIMED) throw this._reused()
    // What it does when it begins may come back here.
    this._end(FINISHED)
    const steps = this.begin()
    if (steps === undefined) {
      this._state = READY
      return undefined
    }
    this._held = steps
    this._state = RUNNING
    return steps
  }

  /** Takes the result of a coroutine that began and need not wait. */
  _take(): T {
    this._state = FINISHED
    return this._held as T
  }

  /** Notes when a manual step is the last one. */
  private _note(step: () => IteratorResult<Suspension, T>): IteratorResult<Suspension, T> {
    let done: boolean | undefined = true
    try {
      const result = step()
      done = result.done
      return result
    } finally {
      if (done === true) this._state = FINISHED
    }
  }

  private _end(state: typeof FINISHED | typeof CLOSED): void {
    if (runtime.debugLoops !== 0 && this._state <= CLAIMED) noteAwaited(this)
    this._state = state
  }

  private _reused(): RuntimeError {
    const what = this._state === CLOSED ? 'a closed' : 'already awaited'
    return new RuntimeError(`cannot reuse ${what} coroutine ${this._name}(): call the function again for a fresh one.`)
  }
}
rememberAwaits(InertCoroutine.prototype)

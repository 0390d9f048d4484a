import type { Awaitable, Suspension } from '../contract/awaitable.ts'
import type { Steps } from '../contract/coroutine.ts'
import type { KernelFuture, KernelTask } from '../contract/kernel.ts'
import { isCancelled, RuntimeError } from '../errors/errors.ts'
import { COMPILED_CALL } from '../is-compiled-call.ts'
import { isFuture } from '../is-future.ts'
import { INSPECT } from '../repr.ts'
import { runtime } from '../runtime.ts'
import { CallTask } from './call-task.ts'
import { CallWait } from './call-wait.ts'
import { drive } from './drive.ts'
import { APART, CLAIMED, DRIVEN, Frame, FRESH, NEW, partOf, rebind } from './frame.ts'
import type { CallObserver, CompiledGenerator } from './frame.ts'
import type { FunctionSite } from './function-site.ts'
import { fresh, removeFresh, sweep } from './fresh-calls.ts'
import { Part } from './part.ts'

/** The engine's own: a promise is what it was, whatever a program puts in their place. */
const { then, finally: thenFinally } = Promise.prototype

/** Read at once by whatever steps through the call. */
const suspension: IteratorYieldResult<Suspension> = { done: false, value: undefined }
const TURN: IteratorResult<Suspension, never> = Object.freeze({ done: false, value: undefined })

/** Settles a promise of the host when the call is settled. */
class Mirror implements CallObserver {
  readonly promise: Promise<unknown>
  #resolve!: (value: unknown) => void
  #reject!: (error: unknown) => void

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  _callSettled(frame: Frame): void {
    runtime.microtasks = true
    if (frame._state === 1) this.#resolve(frame._value)
    else this.#reject(frame._value)
  }
}

/** The promises of calls that code which is not compiled has asked for one. */
const mirrors = new WeakMap<Frame, Promise<unknown>>()

/**
 * What calling a compiled async function returns: a promise to code that awaits it, and steps to a task that runs it.
 *
 * It is an instance of Promise by its prototypes, and not one of the host's: what it hands out are.
 */
export class CompiledCall<T> extends Frame implements Awaitable<T> {
  constructor(generator: CompiledGenerator, site: FunctionSite | undefined, task: KernelTask | null) {
    super(generator, site, task)
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return then.call(this._promise(), onFulfilled as never, onRejected as never) as Promise<A | B>
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return thenFinally.call(this._promise(), onFinally) as Promise<T>
  }

  [Symbol.iterator](): Iterator<Suspension, T, unknown> {
    if (this._mode === FRESH) {
      removeFresh(this)
      this._mode = CLAIMED
      this._passOnScopes()
    }
    if (this._mode <= CLAIMED) return this as unknown as Steps<T>
    const loop = (runtime.task as KernelTask)._loop
    return new CallWait(loop, this, partOf(this))[Symbol.iterator]() as Iterator<Suspension, T, unknown>
  }

  /** Takes a step on behalf of a task or of `yield*`. */
  next(): IteratorResult<Suspension, T> {
    if (this._mode === CLAIMED) {
      this._mode = DRIVEN
      // A task has called the function itself: its first step ends here.
      if (fresh.steps === 0 && fresh.newest !== null) sweep(null)
      if (this._state !== 0) return this._result()
      const pending = this._leaf!._value
      // It was parked in another step: what it waits for may have happened.
      if (!isFuture(pending)) return this._suspension()
      if (pending._state !== 0) return TURN
      pending._blocking = true
      return this._suspension()
    }
    if (this._mode === NEW) this._mode = DRIVEN
    if (this._mode !== DRIVEN) throw this._notMine()
    return drive(this, false, undefined) ? this._result() : this._suspension()
  }

  throw(error: unknown): IteratorResult<Suspension, T> {
    if (this._mode === CLAIMED) this._mode = DRIVEN
    if (this._mode !== DRIVEN) throw this._notMine()
    return drive(this, true, error) ? this._result() : this._suspension()
  }

  /**
   * Ends a call that is not wanted after all: it has begun, so it is cancelled and unwinds by itself.
   *
   * Only there while the call could still become a task: `isCoroutine` asks for it.
   */
  get return(): ((value: T) => IteratorResult<Suspension, T>) | undefined {
    return this._mode <= CLAIMED || this._isRecent() ? this._close : undefined
  }

  /** What steps through it may itself be a coroutine that a call awaits in its first step. */
  private _passOnScopes(): void {
    const { task, starting } = runtime
    if (task !== null && task !== this._task) rebind(this, task)
    else if (starting) for (const scope of this._takeEntered()) starting._enter(scope)
  }

  private _close(value: T): IteratorResult<Suspension, T> {
    if (this._mode === FRESH) removeFresh(this)
    if (this._state === 0 && this._mode <= CLAIMED) this._detach()
    this._driver?.cancel()
    return { done: true, value }
  }

  private _suspension(): IteratorResult<Suspension, T> {
    const leaf = this._leaf!
    const pending = leaf._value as Suspension
    if (pending === undefined) return TURN
    if (leaf._sub === null) (pending as KernelFuture)._blocking = true
    suspension.value = pending
    return suspension
  }

  private _result(): IteratorResult<Suspension, T> {
    if (this._state === 2) throw this._value
    return { done: true, value: this._value as T }
  }

  private _notMine(): RuntimeError {
    return new RuntimeError(`${this.toString()} is running already: await it.`)
  }

  private _isRecent(): boolean {
    return recentCalls.includes(this)
  }

  override _detach(): void {
    this._mode = APART
    if (this._state === 2) this._reportUnhandled()
    if (this._state !== 0) return
    const task = this._task!
    if (task._state === 0) new Part(task, this)
    else this._rare().driver = new CallTask(this, task._loop, task)
  }

  protected override _failedAlone(): void {
    if (this._mode === APART) this._reportUnhandled()
    else if (this._driver instanceof CallTask && this._driver._isTaken !== true) this._reportUnhandled()
  }

  /** As the host reports a rejected promise that nobody handles by the end of the microtasks. A cancel is no error. */
  private _reportUnhandled(): void {
    if (!isCancelled(this._value)) void this._promise()
  }

  override _noteHandled(): void {
    const promise = mirrors.get(this)
    if (promise !== undefined) void then.call(promise, undefined, () => undefined)
  }

  override _promise(): Promise<unknown> {
    let promise = mirrors.get(this)
    if (promise !== undefined) return promise
    if (this._mode === FRESH) {
      removeFresh(this)
      this._mode = APART
      if (this._state === 0) this._detach()
    }
    if (this._state === 0) {
      const mirror = new Mirror()
      this._observe(mirror)
      promise = mirror.promise
    } else promise = this._state === 1 ? Promise.resolve(this._value) : Promise.reject(this._value)
    mirrors.set(this, promise)
    return promise
  }

  get _name(): string {
    return this._site?.name ?? 'async function'
  }

  override toString(): string {
    return `<async call ${this._name}>`
  }

  [INSPECT](): string {
    return this.toString()
  }

  get [Symbol.toStringTag](): string {
    return 'Promise'
  }
}

/** The calls made outside of tasks in the step under way. */
export const recentCalls: Frame[] = []

void Object.setPrototypeOf(Frame.prototype, Promise.prototype)
Object.defineProperty(Frame.prototype, COMPILED_CALL, { value: true })
void Object.defineProperty(CompiledCall.prototype, 'constructor', {
  value: Promise,
  writable: true,
  configurable: true,
})

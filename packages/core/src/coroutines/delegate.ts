import type { Suspension } from '../contract/awaitable.ts'
import type { KernelFuture, KernelTask, LeftoverPart, Runnable, Scope } from '../contract/kernel.ts'
import { badYield } from '../futures/bad-yield.ts'
import { noteThrown } from '../host/unhandled-rejections.ts'
import { isFuture } from '../is-future.ts'
import { isNativeWait } from '../native-wait.ts'
import { cancelError, passCancel } from '../futures/reaction.ts'
import { runtime } from '../runtime.ts'
import { captureWaitScope } from '../host/user-stores.ts'

type Steps = Iterator<Suspension, unknown, unknown>

/**
 * Drives a coroutine that an async function awaits, as a part of that function's task: what runs inside it has the
 * same current task, context and cancel count, as an `await` has in CPython.
 */
export class Delegate implements Runnable, LeftoverPart {
  _task: KernelTask
  readonly #steps: Steps
  readonly #fulfill: (value: unknown) => void
  readonly #reject: (error: unknown) => void
  #future: KernelFuture | null = null
  #thrown: { error: unknown } | null = null
  /** The user's stores at the await: the async function may have set them since the task began. */
  #scope: Scope | null = null
  #isFirstWait = true
  /** Whether the task that awaited is over, and a leftover task counts this part. */
  #isLeftover = false

  constructor(task: KernelTask, steps: Steps, fulfill: (value: unknown) => void, reject: (error: unknown) => void) {
    this._task = task
    this.#steps = steps
    this.#fulfill = fulfill
    this.#reject = reject
  }

  /** Begins, outside of any step. */
  start(): void {
    // What interrupted the task may have delivered the cancel. That shows now, not when the first wait is over.
    if (this._task._mustCancel) this._task._owesCancel()
    this.#resume(null)
  }

  run(): void {
    runtime.microtasks = true
    const future = this.#future
    this.#future = null
    if (future !== null) this._task._unpark(future)
    if (this._task._state !== 0) this.#outliveTask()
    const task = this._task
    let thrown = this.#thrown
    this.#thrown = null
    if (task._mustCancel) thrown = { error: cancelError(task, future) }
    else if (future !== null && future._state > 1) thrown = { error: future._takeError() }
    if (this.#scope === null) this.#step(thrown)
    else this.#scope.runInAsyncScope(this.#step, this, thrown)
  }

  interrupt(error: unknown): boolean {
    if (this.#future !== null) return false
    this.#thrown ??= { error }
    return true
  }

  /** What goes on after the end of its task does so on behalf of a leftover task. */
  #outliveTask(): void {
    const leftover = this._task._leftover()
    if (leftover === null) return
    this._task = leftover
    this.#isLeftover = true
    leftover._addPart(this)
  }

  #end(): void {
    runtime.task = null
    runtime.context = null
    if (this.#isLeftover) this._task._removePart(this)
  }

  #resume(thrown: { error: unknown } | null): void {
    if (this._task._state !== 0) this.#outliveTask()
    else if (this.#isLeftover) this._task._addPart(this)
    const { loop, task, context } = runtime
    runtime.loop = this._task._loop
    this.#step(thrown)
    runtime.loop = loop
    runtime.task = task
    runtime.context = context
  }

  #step(thrown: { error: unknown } | null): void {
    runtime.task = this._task
    runtime.context = this._task._ownContext
    let result
    try {
      result = thrown === null ? this.#steps.next() : this.#steps.throw!(thrown.error)
    } catch (error) {
      this.#end()
      noteThrown(error, true)
      runtime.follower?.follow(this._task)
      this.#reject(error)
      return
    }
    if (result.done === true) {
      this.#end()
      runtime.follower?.follow(this._task)
      this.#fulfill(result.value)
      return
    }
    runtime.task = null
    runtime.context = null
    this.#suspend(result.value)
  }

  #suspend(value: unknown): void {
    const task = this._task
    if (this.#isFirstWait) {
      this.#isFirstWait = false
      this.#scope = captureWaitScope()
    }
    if (isFuture(value) && value._blocking && value._loop === task._loop && value !== (task as KernelFuture)) {
      value._blocking = false
      value._addWaiter(this)
      this.#future = value
      task._park(value)
      if (task._mustCancel && task._owesCancel()) passCancel(task, value)
    } else if (value === undefined || value === null) {
      task._loop._enqueue(this)
    } else if (isNativeWait(value)) {
      // A foreign promise may stay pending for ever: a leftover task does not wait for it.
      if (this.#isLeftover) task._removePart(this)
      value.promise.then(
        (settled) => {
          value.value = settled
          this.#resume(null)
        },
        (error: unknown) => this.#resume({ error }),
      )
    } else {
      this.#thrown = { error: badYield(task, value) }
      task._loop._enqueue(this)
    }
  }
}

import { CancelledError, RuntimeError } from '@asyncio-ts/core'
import {
  cancelBehind,
  cancelTarget,
  Inspectable,
  isAbortByCancel,
  leaveScope,
  noteThrown,
} from '@asyncio-ts/core/primitives'
import type { CancelTarget } from '@asyncio-ts/core/primitives'

let entered = 0
/** The scope that is cancelling its task right now. */
let canceller: { readonly task: CancelTarget; readonly order: number } | null = null

/**
 * A part of a task that can be cancelled by itself, and has a signal of its own: what {@link Timeout} and
 * {@link TaskGroup} have in common.
 */
export abstract class CancelScope extends Inspectable {
  // Invariant SCOPE-1: a scope's signal aborts when the scope cancels its task, and when anything around the scope does. It
  // does not when a scope inside of it does.
  #task: CancelTarget | null = null
  #order = 0
  #controller: AbortController | null = null
  #hasCancelled = false
  #unlisten: (() => void) | null = null

  /**
   * Aborts when this scope cancels its body, and when the task is cancelled. It stays aborted.
   *
   * Pass it on to everything that asyncio-ts cannot interrupt: `fetch`, timers of the host, database drivers.
   *
   * @example
   * import { timeout } from '@asyncio-ts/tasks'
   * import { setTimeout } from 'node:timers/promises'
   *
   * await timeout(0.01, ({ signal }) => setTimeout(60_000, null, { signal })).catch((error) => console.log(error.name))
   */
  get signal(): AbortSignal {
    return (this.#controller ??= this.#makeController()).signal
  }

  /** Begins the scope in the current task. */
  protected _begin(name: string): CancelTarget {
    const task = cancelTarget(this)
    if (task === null) throw new RuntimeError(`A ${name} is used inside a task: run this in createTask or run.`)
    this.#task = task
    this.#order = ++entered
    if (this.#controller !== null) this.#listen(task)
    return task
  }

  /** Makes what is behind {@link signal}. */
  protected _newController(_task: CancelTarget | null): AbortController {
    return new AbortController()
  }

  /**
   * Called when the call that entered the scope, in its first step, becomes a task or a part of one.
   *
   * @internal
   */
  _rebind(target: CancelTarget): void {
    this.#task = target
    if (this.#unlisten === null) return
    this.#unlisten()
    this.#listen(target)
  }

  /** Cancels the task, for the sake of this scope. */
  protected _cancelTask(): void {
    this.#hasCancelled = true
    const task = this.#task!
    const outer = canceller
    canceller = { task, order: this.#order }
    try {
      task.cancel()
    } finally {
      canceller = outer
    }
    this.#abort(new CancelledError())
  }

  /** Ends the scope: from now on its signal does not change. */
  protected _end(): void {
    leaveScope(this)
    this.#unlisten?.()
    this.#unlisten = null
  }

  /** Tells whether `error` is that of an operation of the host which a signal of this scope, or of the task, aborted. */
  protected _isAbortByCancel(error: unknown): boolean {
    return this.#task!._isAbortByCancel(error) || isAbortByCancel(error, this.#controller?.signal.aborted === true)
  }

  /** What the body has ended with: an abort that a cancel has caused counts as that cancel. */
  protected _translate(error: unknown): unknown {
    return this._isAbortByCancel(error) ? cancelBehind(error) : error
  }

  #makeController(): AbortController {
    const task = this.#task
    const controller = this._newController(task)
    if (this.#hasCancelled || task?._mustCancel === true) abortWith(controller, new CancelledError())
    else if (task !== null) this.#listen(task)
    return controller
  }

  #listen(task: CancelTarget): void {
    this.#unlisten = task._onCancel((error) => this.#taskCancelled(error))
  }

  #taskCancelled(error: unknown): void {
    const isInside = canceller !== null && canceller.task === this.#task && canceller.order > this.#order
    if (!isInside) this.#abort(error)
  }

  #abort(reason: unknown): void {
    this._end()
    if (this.#controller !== null) abortWith(this.#controller, reason)
  }
}

/** What the signal aborts may be a call that nobody awaits: the host must not report that as unhandled. */
function abortWith(controller: AbortController, reason: unknown): void {
  noteThrown(reason, true)
  controller.abort(reason)
}

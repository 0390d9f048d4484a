import type { CancelTarget } from '../contract/cancel-target.ts'
import type { CancelListener, KernelFuture, KernelTask, Runnable } from '../contract/kernel.ts'
import { CancelledError } from '../errors/errors.ts'
import { badYield } from '../futures/bad-yield.ts'
import { isFuture } from '../is-future.ts'
import { isNativeWait } from '../native-wait.ts'
import type { NativeWait } from '../native-wait.ts'
import { runtime } from '../runtime.ts'
import type { TaskPart } from '../contract/task-part.ts'
import { addPart, removePart } from '../tasks/task-parts.ts'
import { CallTask } from './call-task.ts'
import { drive } from './drive.ts'
import { rebind } from './frame.ts'
import type { Frame } from './frame.ts'

/**
 * Goes on with a call that was not awaited in the step in which it was made, as a part of the task it was made in: with
 * the same current task and context. A cancel of the task reaches it; a time limit inside it cancels the part alone.
 */
export class Part implements Runnable, CancelTarget, TaskPart {
  readonly _task: KernelTask
  readonly #root: Frame
  #future: KernelFuture | null = null
  #thrown: { error: unknown } | null = null
  #cancelRequests = 0
  _mustCancel = false
  readonly #listeners = new Set<CancelListener>()
  #message: string | undefined = undefined
  #reason: unknown = undefined
  /** The task that it has become, after its own had ended. */
  #successor: CallTask | null = null

  constructor(task: KernelTask, root: Frame) {
    this._task = task
    this.#root = root
    root._rare().driver = this
    rebind(root, this)
    addPart(task, this)
    this.#park()
  }

  run(): void {
    if (this.#successor !== null) return
    const future = this.#future
    this.#future = null
    const thrown = this.#thrown
    this.#thrown = null
    if (this._mustCancel) this.#step(true, this.#cancelError(future))
    else if (thrown !== null) this.#step(true, thrown.error)
    else if (future !== null && future._state > 1) this.#step(true, future._takeError())
    else this.#step(false, undefined)
  }

  #step(failed: boolean, value: unknown): void {
    const task = this._task
    runtime.task = task
    runtime.context = task._ownContext
    runtime.part = this
    const isDone = drive(this.#root, failed, value)
    runtime.task = null
    runtime.context = null
    runtime.part = null
    if (isDone) removePart(task, this)
    else if (task._state === 0) this.#park()
    else this._leaveTask()
  }

  #park(): void {
    const leaf = this.#root._leaf!
    const pending = leaf._value
    if (isFuture(pending)) {
      if (leaf._sub === null) pending._blocking = true
      if (!pending._blocking || pending._loop !== this._task._loop || pending === (this._task as KernelFuture)) {
        this.#thrown = { error: badYield(this._task, pending) }
        this.#enqueue()
        return
      }
      pending._blocking = false
      this.#future = pending
      if (pending._state !== 0) this.#enqueue()
      else {
        pending._addWaiter(this)
        if (this._mustCancel && pending.cancel(this.#message, this.#options())) this._mustCancel = false
      }
    } else if (pending === undefined || pending === null) this.#enqueue()
    else if (isNativeWait(pending)) this.#follow(pending)
    else {
      this.#thrown = { error: badYield(this._task, pending) }
      this.#enqueue()
    }
  }

  #enqueue(): void {
    this._task._loop._enqueue(this)
  }

  /** Goes on in the microtask in which the body of a scope ends. */
  #follow(wait: NativeWait): void {
    const resume = (failed: boolean, value: unknown): void => {
      if (this.#successor !== null) return
      const { loop, task, context } = runtime
      runtime.loop = this._task._loop
      this.#step(failed, value)
      runtime.loop = loop
      runtime.task = task
      runtime.context = context
    }
    wait.promise.then(
      (value) => {
        wait.value = value
        resume(false, undefined)
      },
      (error: unknown) => resume(true, error),
    )
  }

  cancel(message?: string, options?: { reason?: unknown }): boolean {
    if (this.#successor !== null) return this.#successor.cancel(message, options)
    if (this.done()) return false
    this.#cancelRequests++
    this._deliverThrough(message, options)
    for (const listener of [...this.#listeners]) listener(new CancelledError(message))
    return true
  }

  _takeCancel(): unknown {
    if (this.#successor !== null) return this.#successor._takeCancel()
    this._mustCancel = false
    const reason = this.#reason
    return new CancelledError(this.#message, reason === undefined ? undefined : { cause: reason })
  }

  _isAbortByCancel(error: unknown): boolean {
    return this._task._isAbortByCancel(error)
  }

  _onCancel(listener: CancelListener): () => void {
    const unlisten = (this.#successor ?? this._task)._onCancel(listener)
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      unlisten()
    }
  }

  _deliver(message: string | undefined, options: { reason?: unknown } | undefined): void {
    if (this.#future?._passesCancel !== true) this._deliverThrough(message, options)
  }

  _deliverThrough(message: string | undefined, options: { reason?: unknown } | undefined): void {
    this.#message = message
    this.#reason = options?.reason
    if (this.#future?.cancel(message, options) !== true) this._mustCancel = true
  }

  cancelling(): number {
    return this.#successor?.cancelling() ?? this.#cancelRequests + this._task.cancelling()
  }

  uncancel(): number {
    if (this.#successor !== null) return this.#successor.uncancel()
    if (this.#cancelRequests > 0 && --this.#cancelRequests === 0) this._mustCancel = false
    return this.cancelling()
  }

  done(): boolean {
    return this.#root._state !== 0
  }

  /** Becomes a task, as its own has ended: what is left over at the end of the program is cancelled and waited for. */
  _leaveTask(): void {
    this.#future?._removeWaiter(this)
    this.#future = null
    this.#successor = new CallTask(this.#root, this._task._loop, this._task)
    for (let i = this.#cancelRequests; i > 0; i--) this.#successor.cancel(this.#message, this.#options())
  }

  /** What it waits on, for those who show it: a part is scheduled by itself. */
  get _waiter(): KernelFuture | null {
    return this.#future
  }

  get _state(): 0 | 1 | 2 {
    return this.#root._state
  }

  get _value(): unknown {
    return this.#root._value
  }

  getName(): string {
    return this._task.getName()
  }

  getCoro(): unknown {
    return this.#root
  }

  toString(): string {
    return `${this.#root._site?.name ?? 'async function'}()`
  }

  #options(): { reason: unknown } | undefined {
    return this.#reason === undefined ? undefined : { reason: this.#reason }
  }

  #cancelError(future: KernelFuture | null): unknown {
    const fresh = this._takeCancel()
    return future !== null && future._state === 3 ? future._takeError() : fresh
  }
}

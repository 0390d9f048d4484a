import type { CancelListener, KernelFuture, KernelTask, LeftoverPart } from '../contract/kernel.ts'
import { flowTask } from '../host/async-function-task.ts'
import { endEpochWithMacrotask } from '../host/macrotask-count.ts'
import { isAbortByCancel } from '../errors/is-abort-by-cancel.ts'
import { CancelledError } from '../errors/errors.ts'
import { runtime } from '../runtime.ts'
import { Leftover } from './leftover.ts'
import { RareTaskState } from './rare-task-state.ts'
import { StackedFuture } from './stacked-future.ts'
import { cancelParts } from './task-parts.ts'
import { makeTaskController, noteAbort, wasInterrupted } from './task-signal.ts'
import { watchUndelivered } from './undelivered-cancel.ts'

/**
 * What a task waits for, and how a cancel reaches it.
 *
 * A coroutine has one wait at a time. An async function may have several: those of every call it began and did not
 * await yet.
 */
export abstract class TaskWaits<T> extends StackedFuture<T> {
  declare _waiter: KernelFuture | null
  declare _mustCancel: boolean
  declare protected _cancelRequests: number
  declare protected _rareState: RareTaskState | null
  declare private _parkedAt: number

  constructor(options: ConstructorParameters<typeof StackedFuture>[0]) {
    super(options)
    this._waiter = null
    this._mustCancel = false
    this._cancelRequests = 0
    this._rareState = null
    this._parkedAt = -1
  }

  /** The same object, as what it is: this class is extended by tasks only. */
  private get _self(): KernelTask {
    return this as unknown as KernelTask
  }

  /** Makes the task that runs `remains`, and owns its waits. */
  protected abstract _newLeftover(remains: Leftover): TaskWaits<void> & KernelTask<void>

  /**
   * Asks the task to end: a CancelledError is thrown at the await it is parked at.
   *
   * Each call is delivered. A coroutine may catch the error, and must rethrow it when it has cleaned up. An async function
   * that waits for a promise of the host gets it at its next await of an awaitable of asyncio-ts, or at once where
   * {@link signal} was passed on: see
   * [what a cancel can reach](https://github.com/asyncio-ts/asyncio-ts/blob/main/docs/guides/what-a-cancel-can-reach.md).
   *
   * @param message - becomes the message of the CancelledError
   * @param options.reason - becomes its `cause`
   * @returns false when the task is done already
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.cancel
   */
  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    if (this._state !== 0) {
      this._rareState?.leftover?.cancel(message, options)
      return super.cancel()
    }
    this._cancelRequests++
    cancelParts(this._self, message, options)
    const remains = this._rareState === null ? null : this._rareState.remains
    const waiter = this._waiter
    let delivered =
      remains === null && waiter !== null && (waiter._passesCancel === true || waiter.cancel(message, options))
    if (this._rareState !== null || message !== undefined || options?.reason !== undefined) {
      const rare = this._rare()
      rare.cancelMessage = message
      rare.cancelReason = options?.reason
      for (const future of rare.alsoWaiting) delivered = future.cancel(message, options) || delivered
      if (remains !== null) delivered = remains.cancel(rare.makeCancelledError()) || delivered
    }
    if (!delivered) {
      this._mustCancel = true
      watchUndelivered(this._self)
      this._noteInterruption()
    }
    this._rareState?.cancelled()
    return true
  }

  /** The number of calls of {@link cancel} less those of {@link uncancel}. */
  cancelling(): number {
    return this._cancelRequests
  }

  /**
   * Takes one request to cancel back, and returns how many are left. At zero a request that no await has delivered yet
   * is dropped.
   *
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.uncancel
   */
  uncancel(): number {
    if (this._cancelRequests > 0 && --this._cancelRequests === 0) this._mustCancel = false
    return this._cancelRequests
  }

  /**
   * Aborts when the task is cancelled. After an abort the next read gives a fresh signal.
   *
   * @example
   * const response = await fetch(url, { signal: currentTask()!.signal })
   */
  get signal(): AbortSignal {
    const rare = this._rare()
    const { signal } = (rare.controller ??= makeTaskController(this._self))
    if (flowTask() === this._self) {
      rare.resumedAt = runtime.epoch
      endEpochWithMacrotask()
    }
    if (this._mustCancel) rare.abort()
    return signal
  }

  /** Hands the waits that outlive the task on. */
  protected _leaveBehind(): void {
    const waiter = this._waiter
    this._waiter = null
    const leftover = this._leftover()
    if (leftover === null) return
    if (waiter !== null) leftover._park(waiter)
    const others = this._rare().alsoWaiting
    for (const future of others) leftover._park(future)
    others.clear()
  }

  _leftover(): KernelTask | null {
    const rare = this._rare()
    if (rare.remains !== null && this._state === 0) return this._self
    if (rare.leftover !== null && rare.leftover._state === 0) return rare.leftover
    if (this._loop.isClosed()) return null
    const remains = new Leftover(this._loop)
    const leftover = this._newLeftover(remains)
    remains.task = leftover
    leftover._rare().remains = remains
    leftover._rare().alsoWaiting = remains.waits
    if (this._state !== 0) leftover._cancelRequests = this._cancelRequests
    return (rare.leftover = leftover)
  }

  get _isLeftover(): boolean {
    return this._rareState !== null && this._rareState.remains !== null
  }

  _addPart(part: LeftoverPart): void {
    this._rare().remains?.addPart(part)
  }

  _removePart(part: LeftoverPart): void {
    this._rare().remains?.removePart(part)
  }

  /** A signal is about to interrupt the task, unless it cancels itself, and what it waits for may reject at once. */
  private _noteInterruption(): void {
    const rare = this._rareState
    if (rare === null || !rare.hasSignals || this._waiter !== null || runtime.task === this._self) return
    if (rare.resumedAt === runtime.epoch) return
    noteAbort(rare)
    runtime.microtasks = true
    endEpochWithMacrotask()
  }

  _onCancel(listener: CancelListener): () => void {
    return this._rare().listen(listener)
  }

  _isAbortByCancel(error: unknown): boolean {
    return isAbortByCancel(error, this._rareState?.wasAborted === true)
  }

  _owesCancel(): boolean {
    if (this._rareState !== null && wasInterrupted(this._rareState)) this._mustCancel = false
    return this._mustCancel
  }

  protected _cancelFuture(future: KernelFuture): boolean {
    const reason = this._rareState?.cancelReason
    return future.cancel(this._rareState?.cancelMessage, reason === undefined ? undefined : { reason })
  }

  _takeCancel(): unknown {
    this._mustCancel = false
    return this._rareState === null ? new CancelledError() : this._rareState.makeCancelledError()
  }

  _ownsFlow(): boolean {
    return this._waiter === null || this._parkedAt === runtime.epoch
  }

  _park(future: KernelFuture): void {
    if (this._state !== 0 || (this._rareState !== null && this._rareState.remains !== null)) {
      const leftover = this._leftover() as unknown as TaskWaits<void> | null
      leftover?._rareState?.remains?.park(future)
    } else if (this._waiter === null) {
      this._waiter = future
      this._parkedAt = runtime.epoch
      endEpochWithMacrotask()
    } else this._rare().alsoWaiting.add(future)
  }

  _unpark(future: KernelFuture): void {
    const rare = this._rareState
    if (rare === null) {
      this._waiter = null
      return
    }
    if (rare.remains !== null) rare.remains.unpark(future)
    else if (this._state !== 0) rare.leftover?._unpark(future)
    else this._unparkOne(future, rare)
  }

  private _unparkOne(future: KernelFuture, rare: RareTaskState): void {
    const waiter = this._waiter
    this._waiter = null
    rare.resumedAt = runtime.epoch
    if (waiter === future) return
    rare.alsoWaiting.delete(future)
    // A wait that lost a race stays within reach of cancel, and no longer counts as what the task is parked on.
    if (waiter !== null) rare.alsoWaiting.add(waiter)
  }

  protected _rare(): RareTaskState {
    return (this._rareState ??= new RareTaskState())
  }
}

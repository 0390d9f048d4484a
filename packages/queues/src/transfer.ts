import { checkLimits, InertCoroutine, limitWait, refuseAborted, Waiter } from '@asyncio-ts/core/primitives'
import type { Steps, Suspension } from '@asyncio-ts/core'
import type { WaiterQueue, WaitLimits } from '@asyncio-ts/core/primitives'
import { shutDown } from './errors.ts'
import type { QueueState } from './queue-state.ts'

/** What a {@link Transfer} needs of its queue. */
interface Transferable<T> {
  empty(): boolean
  full(): boolean
  getNowait(): T
  putNowait(item: T): void
}

/**
 * A `get` or a `put`: done at once where nothing stands in its way, and else tried again after each wake-up.
 *
 * A wake-up is a hint, as in CPython: in the turn between it and the next try somebody else may come first.
 */
abstract class Transfer<T, R> extends InertCoroutine<R> implements Retried<R> {
  declare readonly _queue: Transferable<T>
  declare readonly _waits: QueueState
  declare private readonly _limits: WaitLimits | undefined

  constructor(queue: Transferable<T>, state: QueueState, limits: WaitLimits | undefined) {
    if (limits !== undefined) checkLimits(limits)
    super()
    this._queue = queue
    this._waits = state
    this._limits = limits
  }

  /** Where those wait who want the same. */
  abstract get _waiters(): WaiterQueue

  abstract _isBlocked(): boolean

  /** Does what is to be done, when it is not blocked. */
  abstract _finish(): R

  protected override begin(): Steps<R> | undefined {
    const limits = this._limits
    if (limits !== undefined) refuseAborted(limits)
    if (this._isBlocked()) {
      if (this._waits.isShutdown) throw shutDown()
      const wait = new TransferWait<R>(this._waiters, this._waits.owner, this)
      return limits === undefined ? wait : limitWait<R>(wait, limits)
    }
    this.result = this._finish()
    return undefined
  }

  _join(): Waiter {
    if (this._waits.isShutdown) throw shutDown()
    return new Waiter(this._waiters, this._waits.owner)
  }
}

/** What a {@link TransferWait} needs of its transfer. */
interface Retried<R> {
  readonly _waiters: WaiterQueue
  _isBlocked(): boolean
  _finish(): R
  _join(): Waiter
}

class TransferWait<R> extends Waiter<R> {
  declare private readonly _transfer: Retried<R>
  /** What is waited for now: another waiter after each try that came too late. */
  declare private _current: Waiter<unknown>

  constructor(waiters: WaiterQueue, owner: object, transfer: Retried<R>) {
    super(waiters, owner)
    this._transfer = transfer
    this._current = this as Waiter<unknown>
  }

  override get _future(): Waiter<unknown> {
    return this._current
  }

  override next(): IteratorResult<Suspension, R> {
    const current = this._current
    if (current._state !== 1) return super.next()
    if (!this._transfer._isBlocked()) return { done: true, value: this._transfer._finish() }
    this._current = this._transfer._join()
    return this._current.next() as IteratorResult<Suspension, never>
  }

  protected override arrived(): R {
    return this._transfer._finish()
  }

  protected override left(): void {
    const { _waiters: waiters } = this._transfer
    if (waiters.abandon(this._current) && !this._transfer._isBlocked()) waiters.releaseNext()
  }
}

/** What `get` returns. */
export class Get<T> extends Transfer<T, T> {
  override get _name(): string {
    return 'Queue.get'
  }

  override get _waiters(): WaiterQueue {
    return this._waits.getters
  }

  override _isBlocked(): boolean {
    return this._queue.empty()
  }

  override _finish(): T {
    return this._queue.getNowait()
  }
}

/** What `put` returns. */
export class Put<T> extends Transfer<T, void> {
  declare private readonly _item: T

  constructor(queue: Transferable<T>, state: QueueState, limits: WaitLimits | undefined, item: T) {
    super(queue, state, limits)
    this._item = item
  }

  override get _name(): string {
    return 'Queue.put'
  }

  override get _waiters(): WaiterQueue {
    return this._waits.putters
  }

  override _isBlocked(): boolean {
    return this._queue.full()
  }

  override _finish(): void {
    this._queue.putNowait(this._item)
  }
}

import { InertCoroutine, WaitingFuture } from '@asyncio-ts/core/primitives'
import type { Steps, Suspension } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'

/** Answered by an attempt to which the bytes that are there do not suffice. */
export const MORE: unique symbol = Symbol('more')

/** What an operation needs of its reader. */
export interface Source {
  readonly _loop: KernelLoop
  /** Throws the error that was set, if there is one. */
  _checkError(): void
  /** @param name - who wants to wait */
  _beginWait(name: string, wait: DataWait<unknown>): void
  _endWait(wait: DataWait<unknown>): void
}

/**
 * Something that is read: at once where the bytes are there, with neither a generator nor a promise, and else tried
 * again whenever more have come.
 */
export abstract class ReadOperation<R> extends InertCoroutine<R> {
  declare readonly _source: Source

  constructor(source: Source) {
    super()
    this._source = source
  }

  /** Reads, or says that it takes more. It may throw. */
  abstract _attempt(): R | typeof MORE

  /** Called when the wait has ended early: gives back what had been taken. */
  _left(): void {
    return undefined
  }

  protected override begin(): Steps<R> | undefined {
    this._source._checkError()
    const result = this._attempt()
    if (result === MORE) return new DataWait(this)
    this.result = result
    return undefined
  }
}

/** Waits until bytes come, the end, or an error. */
export class DataWait<R> extends WaitingFuture<void, R> {
  declare private readonly _operation: ReadOperation<R>
  /** What is waited for now: another future after each time that the bytes did not suffice. */
  declare private _current: DataWait<unknown>

  constructor(operation: ReadOperation<R>) {
    const { _source: source } = operation
    super(source._loop._own)
    this._operation = operation
    this._current = this as DataWait<unknown>
    source._beginWait(operation._name, this as DataWait<unknown>)
  }

  override get _future(): DataWait<unknown> {
    return this._current
  }

  override next(): IteratorResult<Suspension, R> {
    const { _current: current, _operation: operation } = this
    if (current._state !== 1) return super.next()
    operation._source._endWait(current)
    const result = operation._attempt()
    if (result !== MORE) return { done: true, value: result }
    this.#checkError()
    this._current = new DataWait<unknown>(operation)
    return this._current.next() as IteratorResult<Suspension, never>
  }

  /** An error that came after what woke the wait had nobody to wake, and would not be heard of by another wait. */
  #checkError(): void {
    try {
      this._operation._source._checkError()
    } catch (error) {
      this._operation._left()
      throw error
    }
  }

  protected override arrived(): R {
    return undefined as R
  }

  protected override left(): void {
    this._operation._source._endWait(this._current)
    this._operation._left()
  }
}

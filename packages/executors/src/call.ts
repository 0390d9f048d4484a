import { Future } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import type { Target } from './target.ts'
import type { ContextValues } from './worker/messages.ts'

/** Is notified when a call is cancelled. */
export interface CallOwner {
  _cancelled(call: Call<unknown>): void
}

/** What a call does. */
export interface CallRequest {
  readonly kind: 'run' | 'map'
  readonly target: Target
  readonly args: readonly unknown[]
  /** Whether an argument is transferred: it would be gone if the call were sent again. */
  readonly isSentOnce: boolean
  readonly context: ContextValues | undefined
}

/** A call that was submitted, and the future of its result. */
export class Call<T> extends Future<T> {
  readonly request: CallRequest
  readonly #owner: CallOwner
  /** Whether it is in the pool's queue. */
  isQueued = false
  /** How many workers ended just before they began it. */
  strikes = 0

  constructor(loop: KernelLoop, owner: CallOwner, request: CallRequest) {
    super({ loop })
    this.#owner = owner
    this.request = request
  }

  override cancel(message?: string, options?: { reason?: unknown }): boolean {
    const isCancelled = super.cancel(message, options)
    if (isCancelled) this.#owner._cancelled(this)
    return isCancelled
  }

  /** Ends the call with its result, unless it was cancelled or its loop is closed. */
  finish(value: T): void {
    if (!this.done() && !this._loop.isClosed()) this.setResult(value)
  }

  fail(error: Error): void {
    if (!this.done() && !this._loop.isClosed()) this.setException(error)
  }
}

import type { CancelListener } from './kernel.ts'

/** What a scope such as `timeout` or `taskGroup` cancels: a task, or a part of one that goes on by itself. */
export interface CancelTarget {
  /** A cancel that no await has delivered yet. */
  _mustCancel: boolean
  cancel(message?: string, options?: { reason?: unknown }): boolean
  /** The number of requests to cancel that concern it and were not taken back. */
  cancelling(): number
  uncancel(): number
  done(): boolean
  /** Consumes the pending cancel and returns the error to throw. */
  _takeCancel(): unknown
  /** Tells whether `error` is that of an operation of the host which a signal of the task has aborted. */
  _isAbortByCancel(error: unknown): boolean
  /** For scopes that have signals of their own; the returned function ends it. */
  _onCancel(listener: CancelListener): () => void
}

/** A scope that was entered before it is decided what goes on with the call that entered it. */
export interface Rebindable {
  /** Told once it is: a cancel has to reach `target` from now on. */
  _rebind(target: CancelTarget): void
}

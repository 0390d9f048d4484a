import type { CancelListener, KernelFuture } from '../contract/kernel.ts'
import { CancelledError } from '../errors/errors.ts'

/** An error to throw into a coroutine at its next step, where `undefined` could itself have been thrown. */
export interface Thrown {
  error: unknown
}

const NO_LISTENERS: CancelListener[] = []

/** What most tasks never need: kept apart, so that a task that only waits stays small. */
export class RareTaskState {
  /** Waits beside the one a task is parked on: what an async function began in one go, as `Promise.all` does. */
  readonly alsoWaiting: KernelFuture[] = []
  thrown: Thrown | null = null
  cancelMessage: string | undefined = undefined
  cancelReason: unknown = undefined
  controller: AbortController | null = null
  /** Whether a signal of the task has been handed out and has aborted. */
  wasAborted = false
  /** The scopes inside the task, which have signals of their own. */
  #listeners: CancelListener[] = NO_LISTENERS
  /** Stops listening to the signal that cancels the task. */
  unlink: (() => void) | null = null

  /** @returns what ends it */
  listen(listener: CancelListener): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener)
    }
  }

  /** Aborts the signals that the task and the scopes inside it have handed out. */
  cancelled(): void {
    this.abort()
    for (const listener of this.#listeners) listener(this.makeCancelledError())
  }

  /** Aborts the task's own signal. */
  abort(): void {
    const { controller } = this
    if (controller === null) return
    this.controller = null
    this.wasAborted = true
    controller.abort(this.makeCancelledError())
  }

  makeCancelledError(): CancelledError {
    const reason = this.cancelReason
    return new CancelledError(this.cancelMessage, reason === undefined ? undefined : { cause: reason })
  }
}

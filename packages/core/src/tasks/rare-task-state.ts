import type { CancelListener, KernelFuture, KernelTask } from '../contract/kernel.ts'
import { CancelledError } from '../errors/errors.ts'
import { noteThrown } from '../host/unhandled-rejections.ts'
import type { Leftover } from './leftover.ts'
import type { Thrown } from './thrown.ts'

const NO_LISTENERS: CancelListener[] = []

/** What most tasks never need: kept apart, so that a task that only waits stays small. */
export class RareTaskState {
  /** Waits beside the one a task is parked on: what an async function began in one go, as `Promise.all` does. */
  alsoWaiting = new Set<KernelFuture>()
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
  /** The task that owns what this one does not: waits that outlived it. */
  leftover: KernelTask | null = null
  /** Set in a leftover task. */
  remains: Leftover | null = null
  /** The epoch in which the task's own code ran last, as far as that is known. */
  resumedAt = -1
  /** When the task's signal interrupted a wait for a foreign promise: the epoch, and milliseconds. */
  abortedAt = -1
  abortedAtMs = 0

  /** Whether somebody has a signal that a cancel of the task aborts. */
  get hasSignals(): boolean {
    return this.controller !== null || this.#listeners.length > 0
  }

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
    const error = this.makeCancelledError()
    noteThrown(error, true)
    controller.abort(error)
  }

  makeCancelledError(): CancelledError {
    const reason = this.cancelReason
    return new CancelledError(this.cancelMessage, reason === undefined ? undefined : { cause: reason })
  }
}

import type { KernelFuture } from '../contract/kernel.ts'
import { CancelledError } from '../errors/errors.ts'

/** An error to throw into a coroutine at its next step, where `undefined` could itself have been thrown. */
export interface Thrown {
  error: unknown
}

/** What most tasks never need: kept apart, so that a task that only waits stays small. */
export class RareTaskState {
  /** Waits beside the one a task is parked on: what an async function began in one go, as `Promise.all` does. */
  readonly alsoWaiting: KernelFuture[] = []
  thrown: Thrown | null = null
  cancelMessage: string | undefined = undefined
  cancelReason: unknown = undefined
  controller: AbortController | null = null
  /** Stops listening to the signal that cancels the task. */
  unlink: (() => void) | null = null

  makeCancelledError(): CancelledError {
    const reason = this.cancelReason
    return new CancelledError(this.cancelMessage, reason === undefined ? undefined : { cause: reason })
  }
}

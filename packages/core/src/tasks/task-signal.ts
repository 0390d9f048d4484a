import type { KernelTask } from '../contract/kernel.ts'
import { CancelledError, isCancelled } from '../errors/errors.ts'
import { onAbort } from '../primitives/on-abort.ts'

/**
 * The AbortController behind `task.signal`.
 *
 * A foreign promise cannot be thrown into; the signal is the way to interrupt it. Whoever aborts reads the reason to
 * reject with it: that counts as the delivery of the cancel, which would otherwise strike a second time at the task's
 * next await.
 */
export function makeTaskController(task: { _mustCancel: boolean }): AbortController {
  const controller = new AbortController()
  const { signal } = controller
  Object.defineProperties(signal, {
    reason: {
      configurable: true,
      get() {
        const reason: unknown = Reflect.get(AbortSignal.prototype, 'reason', signal)
        if (signal.aborted) task._mustCancel = false
        return reason
      },
    },
    throwIfAborted: {
      configurable: true,
      value() {
        if (signal.aborted) throw signal.reason
      },
    },
  })
  return controller
}

/** Cancels `task` when `signal` aborts; the returned function removes the listener. */
export function linkSignal(task: KernelTask, signal: AbortSignal): () => void {
  const abort = (): void => {
    const reason: unknown = signal.reason
    task.cancel(reason instanceof Error ? reason.message : undefined, { reason })
  }
  if (signal.aborted) {
    abort()
    return () => undefined
  }
  return onAbort(signal, abort)
}

/**
 * Tells whether an operation of the host ended with `error` because a signal of ours aborted it.
 *
 * @param wasAborted - whether a signal that may have been given to it has aborted: not every host says why
 */
export function isAbortByCancel(error: unknown, wasAborted: boolean): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, cause } = error as { name?: unknown; cause?: unknown }
  return name === 'AbortError' && (cause === undefined ? wasAborted : isCancelled(cause))
}

/** The CancelledError behind an error of the host: what a scope or a task that was cancelled ends with in its place. */
export function cancelBehind(error: unknown): unknown {
  const { cause } = error as { cause?: unknown }
  return isCancelled(cause) ? cause : new CancelledError(undefined, { cause: error })
}

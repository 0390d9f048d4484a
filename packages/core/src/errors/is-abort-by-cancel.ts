import { CancelledError, isCancelled } from './errors.ts'

/**
 * Tells whether an operation of the host ended with `error` because a signal of ours aborted it.
 *
 * @param wasAborted - whether a signal that may have been given to it has aborted: not every host says why
 */
export function isAbortByCancel(error: unknown, wasAborted: boolean): boolean {
  try {
    if (typeof error !== 'object' || error === null) return false
    const { name, cause } = error as { name?: unknown; cause?: unknown }
    return name === 'AbortError' && (cause === undefined ? wasAborted : isCancelled(cause))
    // Swallowed: a revoked proxy throws when it is looked at
  } catch {
    return false
  }
}

/** The CancelledError behind an error of the host: what a scope or a task that was cancelled ends with in its place. */
export function cancelBehind(error: unknown): unknown {
  const { cause } = error as { cause?: unknown }
  return isCancelled(cause) ? cause : new CancelledError(undefined, { cause: error })
}

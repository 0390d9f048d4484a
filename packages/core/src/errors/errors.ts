/**
 * The errors of the kernel, under CPython's names. Each has a stable `code`; match on it, or on `name`,
 * where two copies of a package may be installed.
 *
 * Both are accessors: an assignment to a prototype would keep every class in every bundle.
 */

/** Absent from the standard library's types; engines without it ignore the writes. */
const stacks = Error as unknown as { stackTraceLimit: number }

const CANCELLED = Symbol.for('asyncio-ts.CancelledError')

/** The awaiting task was cancelled. Rethrow it, always: see {@link rethrowIfCancelled}. */
export class CancelledError extends Error {
  override get name(): string {
    return 'CancelledError'
  }

  get code(): 'ERR_ASYNCIO_CANCELLED' {
    return 'ERR_ASYNCIO_CANCELLED'
  }

  get [CANCELLED](): true {
    return true
  }

  /** Captures no stack: cancelling is control flow, and the capture would cost more than all the rest of it. */
  constructor(message?: string, options?: ErrorOptions) {
    const limit = stacks.stackTraceLimit
    stacks.stackTraceLimit = 0
    super(message, options)
    stacks.stackTraceLimit = limit
  }
}

/** A future was asked for something that its state does not allow. */
export class InvalidStateError extends Error {
  override get name(): string {
    return 'InvalidStateError'
  }

  get code(): 'ERR_ASYNCIO_INVALID_STATE' {
    return 'ERR_ASYNCIO_INVALID_STATE'
  }
}

/** A deadline set by the caller has passed. */
export class TimeoutError extends Error {
  override get name(): string {
    return 'TimeoutError'
  }

  get code(): 'ERR_ASYNCIO_TIMEOUT' {
    return 'ERR_ASYNCIO_TIMEOUT'
  }
}

/** A call was made that the state of the program does not allow. The caller is to blame. */
export class RuntimeError extends Error {
  override get name(): string {
    return 'RuntimeError'
  }

  /** `ERR_ASYNCIO_RUNTIME`; subclasses have codes of their own. */
  get code(): `ERR_ASYNCIO_${string}` {
    return 'ERR_ASYNCIO_RUNTIME'
  }
}

/** The host cannot give what was asked for; the message says why. */
export class NotImplementedError extends Error {
  override get name(): string {
    return 'NotImplementedError'
  }

  get code(): 'ERR_ASYNCIO_NOT_IMPLEMENTED' {
    return 'ERR_ASYNCIO_NOT_IMPLEMENTED'
  }
}

/** An argument has the right type and a value that makes no sense. */
export class ValueError extends RangeError {
  override get name(): string {
    return 'ValueError'
  }

  get code(): 'ERR_ASYNCIO_VALUE' {
    return 'ERR_ASYNCIO_VALUE'
  }
}

/** A context variable has neither a value nor a default. */
export class LookupError extends Error {
  override get name(): string {
    return 'LookupError'
  }

  get code(): 'ERR_ASYNCIO_LOOKUP' {
    return 'ERR_ASYNCIO_LOOKUP'
  }
}

/** The user pressed Ctrl-C. Like CancelledError it is not a fault of the program. */
export class KeyboardInterrupt extends Error {
  override get name(): string {
    return 'KeyboardInterrupt'
  }

  get code(): 'ERR_ASYNCIO_KEYBOARD_INTERRUPT' {
    return 'ERR_ASYNCIO_KEYBOARD_INTERRUPT'
  }
}

/**
 * Tells whether `error` is a CancelledError, of this copy of core or of another.
 *
 * @param error - anything that was caught
 * @example
 * try {
 *   await work()
 * } catch (error) {
 *   if (isCancelled(error)) throw error
 *   report(error)
 * }
 */
export function isCancelled(error: unknown): error is CancelledError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[CANCELLED] === true
}

/**
 * Rethrows `error` when it is a CancelledError, and returns otherwise.
 *
 * JavaScript has one `catch`, which also catches cancellation; a handler that means to keep going after a
 * failure begins with this call, or the task cannot be cancelled.
 *
 * @param error - anything that was caught
 * @throws {@link CancelledError} when `error` is one
 * @example
 * try {
 *   await work()
 * } catch (error) {
 *   rethrowIfCancelled(error)
 *   report(error)
 * }
 */
export function rethrowIfCancelled(error: unknown): void {
  if (isCancelled(error)) throw error
}

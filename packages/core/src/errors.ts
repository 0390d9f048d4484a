/**
 * The errors of the kernel, under CPython's names. Each has a stable `code`; match on it, or on `name`,
 * where two copies of a package may be installed.
 */

/** Absent from the standard library's types; engines without it ignore the writes. */
const stacks = Error as unknown as { stackTraceLimit: number }

const CANCELLED = Symbol.for('asyncio-ts.CancelledError')

function rename(constructor: { prototype: Error }, name: string, code: string): void {
  const hidden = { configurable: true, writable: true, enumerable: false }
  Object.defineProperty(constructor.prototype, 'name', { ...hidden, value: name })
  Object.defineProperty(constructor.prototype, 'code', { ...hidden, value: code })
}

/** The awaiting task was cancelled. Rethrow it, always: see {@link rethrowIfCancelled}. */
export class CancelledError extends Error {
  declare readonly code: 'ERR_ASYNCIO_CANCELLED'
  /** Captures no stack: cancelling is control flow, and the capture would cost more than all the rest of it. */
  constructor(message?: string, options?: ErrorOptions) {
    const limit = stacks.stackTraceLimit
    stacks.stackTraceLimit = 0
    super(message, options)
    stacks.stackTraceLimit = limit
  }
}
Object.defineProperty(CancelledError.prototype, CANCELLED, { value: true })

/** A future was asked for something that its state does not allow. */
export class InvalidStateError extends Error {
  declare readonly code: 'ERR_ASYNCIO_INVALID_STATE'
}

/** A deadline set by the caller has passed. */
export class TimeoutError extends Error {
  declare readonly code: 'ERR_ASYNCIO_TIMEOUT'
}

/** A call was made that the state of the program does not allow. The caller is to blame. */
export class RuntimeError extends Error {
  declare readonly code: 'ERR_ASYNCIO_RUNTIME'
}

/** The host cannot give what was asked for; the message says why. */
export class NotImplementedError extends Error {
  declare readonly code: 'ERR_ASYNCIO_NOT_IMPLEMENTED'
}

/** An argument has the right type and a value that makes no sense. */
export class ValueError extends RangeError {
  declare readonly code: 'ERR_ASYNCIO_VALUE'
}

/** A context variable has neither a value nor a default. */
export class LookupError extends Error {
  declare readonly code: 'ERR_ASYNCIO_LOOKUP'
}

/** The user pressed Ctrl-C. Like CancelledError it is not a fault of the program. */
export class KeyboardInterrupt extends Error {
  declare readonly code: 'ERR_ASYNCIO_KEYBOARD_INTERRUPT'
}

rename(CancelledError, 'CancelledError', 'ERR_ASYNCIO_CANCELLED')
rename(InvalidStateError, 'InvalidStateError', 'ERR_ASYNCIO_INVALID_STATE')
rename(TimeoutError, 'TimeoutError', 'ERR_ASYNCIO_TIMEOUT')
rename(RuntimeError, 'RuntimeError', 'ERR_ASYNCIO_RUNTIME')
rename(NotImplementedError, 'NotImplementedError', 'ERR_ASYNCIO_NOT_IMPLEMENTED')
rename(ValueError, 'ValueError', 'ERR_ASYNCIO_VALUE')
rename(LookupError, 'LookupError', 'ERR_ASYNCIO_LOOKUP')
rename(KeyboardInterrupt, 'KeyboardInterrupt', 'ERR_ASYNCIO_KEYBOARD_INTERRUPT')

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

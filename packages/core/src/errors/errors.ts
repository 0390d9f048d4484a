/**
 * The errors of the kernel, under CPython's names. Each has a stable `code`; match on it, or on `name`,
 * where two copies of a package may be installed.
 *
 * Both are accessors: an assignment to a prototype would keep every class in every bundle.
 */

/** Absent from the standard library's types; engines without it ignore the writes. */
const stacks = Error as unknown as { stackTraceLimit: number }

const CANCELLED = Symbol.for('asyncio-ts.CancelledError')
const SYSTEM_EXIT = Symbol.for('asyncio-ts.SystemExit')
const KEYBOARD_INTERRUPT = Symbol.for('asyncio-ts.KeyboardInterrupt')

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

  get [KEYBOARD_INTERRUPT](): true {
    return true
  }
}

/**
 * Ends the program. Thrown in a task or a callback it ends the loop; `run` cleans up, runs every `finally`, and the
 * process exits with {@link exitCode}.
 *
 * @remarks
 * **Differences from CPython** `sys.exit(code)` is `throw new SystemExit(code)`.
 * @example
 * if (args.length === 0) throw new SystemExit(2)
 * @see https://docs.python.org/3/library/exceptions.html#SystemExit
 */
export class SystemExit extends Error {
  /** The exit code of the process. */
  readonly exitCode: number

  override get name(): string {
    return 'SystemExit'
  }

  get code(): 'ERR_ASYNCIO_SYSTEM_EXIT' {
    return 'ERR_ASYNCIO_SYSTEM_EXIT'
  }

  get [SYSTEM_EXIT](): true {
    return true
  }

  /**
   * @param exitCode - a whole number from 0 to 255; 0 when absent
   * @throws {@link ValueError} when it is not one
   */
  constructor(exitCode = 0) {
    super(`exit code ${exitCode}`)
    if (!Number.isInteger(exitCode) || exitCode < 0 || exitCode > 255) {
      throw new ValueError(`An exit code is a whole number from 0 to 255, got ${String(exitCode)}.`)
    }
    this.exitCode = exitCode
  }
}

/**
 * Tells whether `error` ends the loop: KeyboardInterrupt and SystemExit, of this copy of core or of another. For
 * authors of primitives.
 */
export function isInterruption(error: unknown): error is KeyboardInterrupt | SystemExit {
  try {
    if (typeof error !== 'object' || error === null) return false
    const { [SYSTEM_EXIT]: exit, [KEYBOARD_INTERRUPT]: interrupt } = error as Record<symbol, unknown>
    return exit === true || interrupt === true
    // Swallowed: a revoked proxy throws when it is looked at
  } catch {
    return false
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
  try {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[CANCELLED] === true
    // Swallowed: a revoked proxy throws when it is looked at
  } catch {
    return false
  }
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

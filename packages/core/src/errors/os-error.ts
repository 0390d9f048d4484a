/**
 * The errors of the system, under CPython's names.
 *
 * `name` is an accessor of each class: an assignment to the prototype would keep every one of them in every bundle.
 */

/** What a system call that failed tells. */
export interface OSErrorOptions extends ErrorOptions {
  /** The host's name of the error, such as `'ECONNREFUSED'`. */
  code?: string | undefined
  /** The system's number of it; negative, as Node has it. */
  errno?: number | undefined
  /** The system call that failed. */
  syscall?: string | undefined
  /** The path it was about. */
  path?: string | undefined
  /** The address it was about. */
  address?: string | undefined
  port?: number | undefined
}

/**
 * A call to the system failed. The subclasses tell why, as far as a caller can act upon it.
 *
 * @see https://docs.python.org/3/library/exceptions.html#OSError
 */
export class OSError extends Error {
  declare readonly code?: string
  declare readonly errno?: number
  declare readonly syscall?: string
  declare readonly path?: string
  declare readonly address?: string
  declare readonly port?: number

  constructor(message?: string, options?: OSErrorOptions) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    for (const key of ['code', 'errno', 'syscall', 'path', 'address', 'port'] as const) {
      const value = options?.[key]
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true, configurable: true })
    }
  }

  override get name(): string {
    return 'OSError'
  }
}

/** Something about a connection: see its subclasses. */
export class ConnectionError extends OSError {
  override get name(): string {
    return 'ConnectionError'
  }
}

/** The other side no longer reads: `EPIPE`, `ESHUTDOWN`. */
export class BrokenPipeError extends ConnectionError {
  override get name(): string {
    return 'BrokenPipeError'
  }
}

/** The connection was given up on this side, or while it was being set up: `ECONNABORTED`. */
export class ConnectionAbortedError extends ConnectionError {
  override get name(): string {
    return 'ConnectionAbortedError'
  }
}

/** No server listens at the address: `ECONNREFUSED`. */
export class ConnectionRefusedError extends ConnectionError {
  override get name(): string {
    return 'ConnectionRefusedError'
  }
}

/** The other side has broken the connection off: `ECONNRESET`. */
export class ConnectionResetError extends ConnectionError {
  override get name(): string {
    return 'ConnectionResetError'
  }
}

/** `EEXIST`. */
export class FileExistsError extends OSError {
  override get name(): string {
    return 'FileExistsError'
  }
}

/** A file, a folder or a program does not exist: `ENOENT`. */
export class FileNotFoundError extends OSError {
  override get name(): string {
    return 'FileNotFoundError'
  }
}

/** A signal came in the middle of a call: `EINTR`. */
export class InterruptedError extends OSError {
  override get name(): string {
    return 'InterruptedError'
  }
}

/** `EISDIR`. */
export class IsADirectoryError extends OSError {
  override get name(): string {
    return 'IsADirectoryError'
  }
}

/** `ENOTDIR`. */
export class NotADirectoryError extends OSError {
  override get name(): string {
    return 'NotADirectoryError'
  }
}

/** The system does not let this user: `EACCES`, `EPERM`. */
export class PermissionError extends OSError {
  override get name(): string {
    return 'PermissionError'
  }
}

/** There is no such process any more: `ESRCH`. */
export class ProcessLookupError extends OSError {
  override get name(): string {
    return 'ProcessLookupError'
  }
}

/**
 * A name or an address could not be looked up; Python's `socket.gaierror`.
 *
 * @see https://docs.python.org/3/library/socket.html#socket.gaierror
 */
export class GaiError extends OSError {
  override get name(): string {
    return 'gaierror'
  }
}

/**
 * TLS failed.
 *
 * @see https://docs.python.org/3/library/ssl.html#ssl.SSLError
 */
export class SSLError extends OSError {
  override get name(): string {
    return 'SSLError'
  }
}

/**
 * The peer's certificate is not one to trust; `code` says why.
 *
 * @see https://docs.python.org/3/library/ssl.html#ssl.SSLCertVerificationError
 */
export class SSLCertVerificationError extends SSLError {
  override get name(): string {
    return 'SSLCertVerificationError'
  }
}

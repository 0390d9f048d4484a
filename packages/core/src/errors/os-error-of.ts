import { TimeoutError } from './errors.ts'
import {
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  GaiError,
  InterruptedError,
  IsADirectoryError,
  NotADirectoryError,
  OSError,
  PermissionError,
  ProcessLookupError,
  SSLCertVerificationError,
  SSLError,
} from './os-error.ts'
import type { OSErrorOptions } from './os-error.ts'

type OSErrorClass = new (message: string, options: OSErrorOptions) => OSError

const isOfCertificate =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_)/

function classOf(code: string, syscall: string | undefined): OSErrorClass {
  switch (code) {
    case 'EPIPE':
    case 'ESHUTDOWN':
    case 'ERR_STREAM_DESTROYED':
    case 'ERR_STREAM_WRITE_AFTER_END':
      return BrokenPipeError
    case 'ECONNABORTED':
      return ConnectionAbortedError
    case 'ECONNREFUSED':
      return ConnectionRefusedError
    case 'ECONNRESET':
      return ConnectionResetError
    case 'EEXIST':
      return FileExistsError
    case 'ENOENT':
      return FileNotFoundError
    case 'EINTR':
      return InterruptedError
    case 'EISDIR':
      return IsADirectoryError
    case 'ENOTDIR':
      return NotADirectoryError
    case 'EACCES':
    case 'EPERM':
      return PermissionError
    case 'ESRCH':
      return ProcessLookupError
    default:
      if (syscall === 'getaddrinfo' || syscall === 'getnameinfo' || code.startsWith('EAI_')) return GaiError
      if (isOfCertificate.test(code)) return SSLCertVerificationError
      return /^(ERR_O?SSL_|ERR_TLS_|EPROTO$)/.test(code) ? SSLError : OSError
  }
}

/**
 * Translates an error of the host into the class that CPython has for it.
 *
 * The message, `code`, `errno`, `syscall`, `path`, `address` and `port` are kept, and the error itself is the `cause`.
 * What is no error of the system, and what is translated already, is returned as it is.
 *
 * @param error - what the host threw or emitted
 */
export function osErrorOf(error: unknown): Error {
  if (!(error instanceof Error)) return new OSError(String(error), { cause: error })
  if (error instanceof OSError) return error
  const { code, errno, syscall, path, address, port } = error as OSErrorOptions
  if (typeof code !== 'string' || code.startsWith('ERR_ASYNCIO_')) return error
  const options = { cause: error, code, errno, syscall, path, address, port }
  if (code === 'ETIMEDOUT') {
    const timeout = new TimeoutError(error.message, { cause: error })
    return Object.defineProperty(timeout, 'code', { value: code, configurable: true, writable: true, enumerable: true })
  }
  return new (classOf(code, syscall))(error.message, options)
}

import { RuntimeError } from '@asyncio-ts/core'

/** `sendfile` cannot be done by the system for this file or transport, and falling back was not allowed. */
export class SendfileNotAvailableError extends RuntimeError {
  override get name(): string {
    return 'SendfileNotAvailableError'
  }

  override get code(): 'ERR_ASYNCIO_SENDFILE_NOT_AVAILABLE' {
    return 'ERR_ASYNCIO_SENDFILE_NOT_AVAILABLE'
  }
}

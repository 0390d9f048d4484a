import { RuntimeError } from '@asyncio-ts/core'

/** `sendfile` cannot be done by the system for this file or transport, and falling back was not allowed. */
export class SendfileNotAvailableError extends RuntimeError {}
Object.defineProperty(SendfileNotAvailableError.prototype, 'name', { value: 'SendfileNotAvailableError' })
Object.defineProperty(SendfileNotAvailableError.prototype, 'code', { value: 'ERR_ASYNCIO_SENDFILE_NOT_AVAILABLE' })

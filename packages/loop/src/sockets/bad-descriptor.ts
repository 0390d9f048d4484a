import { OSError } from '@asyncio-ts/core'

/** What the system says of a socket that is closed. */
export function badDescriptor(): OSError {
  return new OSError('Bad file descriptor: the socket is closed.', { code: 'EBADF' })
}

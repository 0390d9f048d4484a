const SOCKET = Symbol.for('asyncio-ts.Socket')

/** What is to be known of a Socket without loading what sockets are made of. */
interface Detachable {
  readonly host: object | null
  getsockname(): unknown
  detach(): object
}

/** Makes a Socket known to {@link isSocket}, of every copy of this package. */
export function markSocket(socket: Detachable): void {
  Object.defineProperty(socket, SOCKET, { value: true })
}

/** Tells whether a value is a Socket. */
export function isSocket(value: unknown): value is Detachable {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[SOCKET] === true
}

/**
 * What the host has for a socket, which the Socket keeps. Other values are returned as they are.
 *
 * @throws OSError when it is closed or not connected
 */
export function hostOf(sock: unknown): unknown {
  if (!isSocket(sock)) return sock
  sock.getsockname()
  return sock.host
}

/** What the host has for a socket: the Socket gives it away. Other values are returned as they are. */
export function detached(sock: unknown): unknown {
  return isSocket(sock) ? sock.detach() : sock
}

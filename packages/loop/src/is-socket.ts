const SOCKET = Symbol.for('asyncio-ts.Socket')

/** What is to be known of a Socket without loading what sockets are made of. */
interface Detachable {
  readonly host: object | null
  detach(): object
}

/** Makes the instances of a class known to {@link isSocket}. */
export function markSocket(prototype: Detachable): void {
  Object.defineProperty(prototype, SOCKET, { value: true })
}

/** Tells whether a value is a Socket. */
export function isSocket(value: unknown): value is Detachable {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[SOCKET] === true
}

/** What the host has for a socket: the Socket gives it away. Other values are returned as they are. */
export function detached(sock: unknown): unknown {
  return isSocket(sock) ? sock.detach() : sock
}

import type { Socket } from './socket.ts'

const SOCKET = Symbol.for('asyncio-ts.Socket')

/** Makes the instances of a class known to {@link isSocket}. */
export function markSocket(prototype: object): void {
  Object.defineProperty(prototype, SOCKET, { value: true })
}

/** Tells whether a value is a Socket, without loading what sockets are made of. */
export function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[SOCKET] === true
}

/** What the host has for a socket: the Socket gives it away. Other values are returned as they are. */
export function detached(sock: unknown): unknown {
  return isSocket(sock) ? sock.detach() : sock
}

import { copyContext } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Coroutine, StreamProtocol } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import { detached } from '../is-socket.ts'
import { SocketTransport } from './socket-transport.ts'
import type { UnixNames } from './socket-transport.ts'
import { handshake } from './tls-handshake.ts'
import type { Secrets } from './tls-handshake.ts'
import { shutdownSeconds } from './tls-limits.ts'
import { TlsTransport } from './tls-transport.ts'

/** A socket that is connected, and what is to become of it. */
export interface Connected {
  readonly socket: Socket
  /** What the caller has made it of, and keeps until there is a protocol; absent for a socket of the loop's own. */
  readonly given?: unknown
  /** `null` for a connection that is not encrypted. */
  readonly secrets: Secrets | null
  readonly names?: UnixNames | undefined
}

/**
 * Gives a connected socket a protocol, and waits until that has been told of its transport.
 *
 * @remarks
 * **Cancellation** The connection is closed.
 */
export function* establish<P extends StreamProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  { socket, given, secrets, names }: Connected,
): Coroutine<[transport: SocketTransport, protocol: P]> {
  const context = copyContext()
  const parts = { loop, connections: null, context, names }
  let protocol
  try {
    protocol = protocolFactory()
  } catch (error) {
    if (given === undefined) socket.destroy()
    throw error
  }
  if (given !== undefined) detached(given)
  let transport
  if (secrets === null) transport = new SocketTransport({ ...parts, protocol, socket })
  else {
    const tlsSocket = yield* handshake(loop, socket, secrets)
    const tls = { socket: tlsSocket, ssl: secrets.ssl, shutdownSeconds: shutdownSeconds(secrets) }
    transport = new TlsTransport({ ...parts, ...tls, protocol })
  }
  yield* begun(transport)
  return [transport, protocol]
}

/** Waits until the protocol has been told of its transport. **Cancellation** The connection is closed. */
export function* begun(transport: SocketTransport): Coroutine<void> {
  const made = transport._loop.createFuture<void>()
  transport._begin(made)
  try {
    yield* made
  } catch (error) {
    transport.close()
    throw error
  }
}

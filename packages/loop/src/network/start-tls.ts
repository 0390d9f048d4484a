import { ConnectionResetError, isCancelled, RuntimeError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { BaseTransport, Coroutine, Ssl, StartTlsOptions, StreamProtocol } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import { checkHost } from '../names/check-host.ts'
import { SocketTransport } from './socket-transport.ts'
import { handshake } from './tls-handshake.ts'
import type { Secrets } from './tls-handshake.ts'
import { checkServerSsl, checkTlsLimits, shutdownSeconds } from './tls-limits.ts'
import { TlsTransport } from './tls-transport.ts'

/** A connection that is to be encrypted. */
export interface Upgrade {
  readonly transport: SocketTransport
  readonly protocol: StreamProtocol
  readonly secrets: Secrets
  /** What the protocol has received and not used: the beginning of the handshake. */
  readonly buffered: Uint8Array | undefined
}

/**
 * @throws TypeError when the transport cannot be encrypted
 * @throws ValueError when a limit makes no sense
 */
export function checkUpgrade(
  transport: BaseTransport,
  protocol: StreamProtocol,
  ssl: Ssl,
  options: StartTlsOptions,
): Upgrade {
  if (!(transport instanceof SocketTransport)) {
    throw new TypeError(`transport ${reprOf(transport)} is not supported by startTls(): it is no connection.`)
  }
  if (ssl !== true && (typeof ssl !== 'object' || ssl === null)) {
    throw new TypeError(`ssl is true or an object of TLS options, got ${reprOf(ssl)}.`)
  }
  if (options.serverSide === true) checkServerSsl(ssl)
  checkTlsLimits(options, ssl)
  if (options.serverHostname !== undefined) checkHost(options.serverHostname)
  const serverHostname = options.serverSide === true ? null : (options.serverHostname ?? '')
  return { transport, protocol, secrets: { ...options, ssl, serverHostname }, buffered: options.buffered }
}

/** Waits until the socket has sent everything that was written. */
function* flushed(transport: SocketTransport): Coroutine<void> {
  const socket = transport._socket
  if (socket.writableLength === 0) return
  const done = transport._loop.createFuture<void>()
  socket.write('', (error) => {
    if (done.done()) return
    if (error) done.setException(osErrorOf(error))
    else done.setResult()
  })
  yield* done
}

function* pausedAndFlushed(transport: SocketTransport): Coroutine<void> {
  const wasReading = transport.isReading()
  transport.pauseReading()
  try {
    yield* flushed(transport)
  } catch (error) {
    if (wasReading) transport.resumeReading()
    throw error
  }
}

/**
 * Puts TLS upon a connection, whose transport is thereby used up.
 *
 * @remarks
 * **Cancellation** While what was written before is being sent, the connection stays as it was. Later, it is closed.
 */
export function* startTls(upgrade: Upgrade): Coroutine<TlsTransport> {
  const { transport, protocol, secrets, buffered } = upgrade
  if (transport.isClosing()) throw new RuntimeError('startTls() needs a transport that is not closing.')
  yield* pausedAndFlushed(transport)
  if (transport.isClosing()) throw new ConnectionResetError('The connection was lost before the TLS handshake.')
  const raw: Socket = transport._socket
  transport._release()
  if (buffered !== undefined && buffered.byteLength > 0) raw.unshift(Buffer.from(buffered))
  const { _loop: loop, _connections: connections, _context: context } = transport
  let socket
  try {
    // An abort meanwhile destroys the socket, which ends the handshake.
    socket = yield* handshake(loop, raw, secrets)
    if (transport.isClosing()) throw new ConnectionResetError('The transport was closed during the TLS handshake.')
  } catch (error) {
    socket?.destroy()
    transport.setProtocol(protocol)
    transport._forceClose(error instanceof Error && !isCancelled(error) ? error : null)
    throw error
  }
  const { ssl } = secrets
  const limits = { ssl, shutdownSeconds: shutdownSeconds(secrets) }
  const parts = { loop, connections, context, protocol, socket, ...limits }
  const secured = new TlsTransport(parts)
  transport._retire()
  secured._startReading()
  return secured
}

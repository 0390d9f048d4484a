import { ConnectionResetError, ValueError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, Future, Ssl, TlsLimits, TlsOptions } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import type { ConnectionOptions as NodeTlsOptions, TLSSocket } from 'node:tls'
import { builtin } from '../builtin.ts'
import { fromHost } from '../transports/from-host.ts'
import { closedWithLoop } from './take-over-socket.ts'
import { TlsAcceptor } from './tls-acceptor.ts'
import { handshakeSeconds, handshakeTimeoutError } from './tls-limits.ts'

/** What a side of TLS is told. */
export interface Secrets extends TlsLimits {
  readonly ssl: Ssl
  /** The name that the peer's certificate is checked against; `null` on the server's side. */
  readonly serverHostname: string | null
}

function clientOptions({ ssl, serverHostname }: Secrets): NodeTlsOptions {
  const options = (ssl === true ? {} : { ...ssl }) as NodeTlsOptions
  if (serverHostname === null || serverHostname === '') {
    if (options.rejectUnauthorized !== false) {
      throw new ValueError('serverHostname is empty: nothing to check the certificate against. Give a name.')
    }
    return options
  }
  options.host = serverHostname
  // The name goes to the server too, but an address may not. Either is what the certificate is checked against.
  if (builtin('node:net').isIP(serverHostname) === 0) options.servername = serverHostname
  else delete options.servername
  return options
}

/** Begins TLS as the client. */
function startClient(loop: BaseEventLoop, raw: Socket, secrets: Secrets, done: Future<TLSSocket>): void {
  const socket = builtin('node:tls').connect({ ...clientOptions(secrets), socket: raw })
  socket.pause()
  const fail = fromHost(loop, (error: Error) => {
    if (!done.done()) done.setException(osErrorOf(error))
  })
  socket.on('error', fail)
  socket.once('close', () => fail(new ConnectionResetError('The connection was lost during the TLS handshake.')))
  socket.once('secureConnect', () => {
    if (done.done() || loop.isClosed()) socket.destroy()
    else done.setResult(socket)
  })
}

/** Begins TLS as the server. */
function startServer(loop: BaseEventLoop, raw: Socket, secrets: Secrets, done: Future<TLSSocket>): void {
  const acceptor = new TlsAcceptor(loop, secrets.ssl as TlsOptions, secrets)
  acceptor.accept(raw, (error, socket) => {
    if (done.done()) socket?.destroy()
    else if (socket !== null) done.setResult(socket)
    else done.setException(error!)
  })
}

/**
 * Encrypts a connection.
 *
 * @throws SSLCertVerificationError when the peer's certificate is not to be trusted
 * @throws ConnectionAbortedError when the handshake takes too long
 *
 * @remarks
 * **Cancellation** The socket is closed, as it is after an error.
 */
export function* handshake(loop: BaseEventLoop, raw: Socket, secrets: Secrets): Coroutine<TLSSocket> {
  const done = loop.createFuture<TLSSocket>()
  const timer = loop.callLater(handshakeSeconds(secrets), () => {
    if (!done.done()) done.setException(handshakeTimeoutError(secrets))
  })
  try {
    if (secrets.serverHostname === null) startServer(loop, raw, secrets, done)
    else startClient(loop, raw, secrets, done)
    return yield* closedWithLoop(loop, raw, done)
  } catch (error) {
    if (done.done() && !done.cancelled() && done.exception() === null) done.result().destroy()
    raw.destroy()
    throw osErrorOf(error)
  } finally {
    timer.cancel()
  }
}

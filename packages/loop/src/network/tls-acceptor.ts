import { ConnectionResetError, NotImplementedError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { TlsLimits, TlsOptions } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import type { Server as TlsServer, TlsOptions as NodeServerOptions, TLSSocket } from 'node:tls'
import { builtin } from '../builtin.ts'
import { fromHost } from '../transports/from-host.ts'
import { handshakeSeconds, handshakeTimeoutError } from './tls-limits.ts'

type Done = (error: Error | null, socket: TLSSocket | null) => void

/**
 * The server's side of TLS handshakes, on sockets that somebody else has accepted.
 *
 * The host's `tls.Server` is handed the sockets. It gives back encrypted ones and does not say which is which: the
 * four parts of their addresses tell. Sockets without addresses get a server of the host each.
 */
export class TlsAcceptor {
  readonly ssl: TlsOptions
  readonly limits: TlsLimits
  readonly #loop: BaseEventLoop
  readonly #server: TlsServer
  readonly #waiting = new Map<string, Done>()

  /** @throws SSLError when the host does not understand the options */
  constructor(loop: BaseEventLoop, ssl: TlsOptions, limits: TlsLimits) {
    if (ssl.secureContext !== undefined) {
      throw new NotImplementedError('secureContext is for clients: a server of the host takes cert and key (or pfx).')
    }
    this.ssl = ssl
    this.limits = limits
    this.#loop = loop
    this.#server = this.#newServer()
  }

  #newServer(): TlsServer {
    const timeoutMs = 1000 * handshakeSeconds(this.limits)
    const options = { ...this.ssl, pauseOnConnect: true, handshakeTimeout: 2 * timeoutMs + 1000 }
    let server
    try {
      server = builtin('node:tls').createServer(options as NodeServerOptions)
    } catch (error) {
      throw osErrorOf(error)
    }
    server.on('secureConnection', (socket) => {
      socket.allowHalfOpen = true
      this.#take(socket)?.(null, socket)
    })
    server.on('tlsClientError', (error, socket) => {
      this.#take(socket)?.(osErrorOf(error), null)
      socket.destroy()
    })
    return server
  }

  /**
   * Begins a handshake.
   *
   * @param done - called once, with the encrypted socket, or with the error when there will be none
   */
  accept(raw: Socket, done: Done): void {
    if (raw.remotePort === undefined) new TlsAcceptor(this.#loop, this.ssl, this.limits).#accept(raw, '', done)
    else this.#accept(raw, keyOf(raw), done)
  }

  #accept(raw: Socket, key: string, done: Done): void {
    const finish = fromHost(this.#loop, (error: Error | null, socket: TLSSocket | null): void => {
      if (this.#waiting.get(key) === finish) this.#waiting.delete(key)
      timer.cancel()
      raw.off('close', onClose)
      done(error, socket)
      if (socket === null) raw.destroy()
    })
    const onClose = (): void => {
      finish(new ConnectionResetError('The connection was lost during the TLS handshake.'), null)
    }
    const timer = this.#loop.callLater(handshakeSeconds(this.limits), () => {
      finish(handshakeTimeoutError(this.limits), null)
    })
    this.#waiting.set(key, finish)
    // The encrypted socket takes it over: half open, it would not hear that the other side has gone.
    raw.allowHalfOpen = false
    raw.on('close', onClose)
    // What goes wrong with it is told by the encrypted socket.
    raw.on('error', () => undefined)
    this.#server.emit('connection', raw)
  }

  #take(socket: TLSSocket): Done | undefined {
    return this.#waiting.get(keyOf(socket))
  }
}

function keyOf(socket: Socket): string {
  const { remoteAddress, remotePort, localAddress, localPort } = socket
  return remotePort === undefined ? '' : `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
}

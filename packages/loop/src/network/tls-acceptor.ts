import { ConnectionResetError, NotImplementedError, osErrorOf } from '@asyncio-ts/core'
import type { BaseEventLoop, TlsLimits, TlsOptions } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import type { Server as TlsServer, TlsOptions as NodeServerOptions, TLSSocket } from 'node:tls'
import { builtin } from '../builtin.ts'
import { handshakeSeconds, handshakeTimeoutError } from './tls-limits.ts'

type Done = (error: Error | null, socket: TLSSocket | null) => void

/**
 * The server's side of TLS handshakes, on sockets that somebody else has accepted.
 *
 * The host's `tls.Server` is handed the sockets. It gives back encrypted ones and does not say which is which: the
 * addresses tell. Sockets without addresses need an acceptor each.
 */
export class TlsAcceptor {
  readonly #loop: BaseEventLoop
  readonly #limits: TlsLimits
  readonly #server: TlsServer
  readonly #waiting = new Map<string, Done>()

  constructor(loop: BaseEventLoop, ssl: TlsOptions, limits: TlsLimits) {
    if (ssl.secureContext !== undefined) {
      throw new NotImplementedError('secureContext is for clients: a server of the host takes cert and key (or pfx).')
    }
    this.#loop = loop
    this.#limits = limits
    const timeoutMs = 1000 * handshakeSeconds(limits)
    const options = { ...ssl, allowHalfOpen: true, pauseOnConnect: true, handshakeTimeout: 2 * timeoutMs + 1000 }
    this.#server = builtin('node:tls').createServer(options as NodeServerOptions)
    this.#server.on('secureConnection', (socket) => this.#take(socket)?.(null, socket))
    this.#server.on('tlsClientError', (error, socket) => {
      this.#take(socket)?.(osErrorOf(error), null)
      socket.destroy()
    })
  }

  /**
   * Begins a handshake.
   *
   * @param done - called once, with the encrypted socket, or with the error when there will be none
   */
  accept(raw: Socket, done: Done): void {
    const key = keyOf(raw)
    const finish = (error: Error | null, socket: TLSSocket | null): void => {
      if (this.#waiting.get(key) === finish) this.#waiting.delete(key)
      timer.cancel()
      raw.off('close', onClose)
      done(error, socket)
      if (socket === null) raw.destroy()
    }
    const onClose = (): void => {
      finish(new ConnectionResetError('The connection was lost during the TLS handshake.'), null)
    }
    const timer = this.#loop.callLater(handshakeSeconds(this.#limits), () => {
      finish(handshakeTimeoutError(this.#limits), null)
    })
    this.#waiting.set(key, finish)
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
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`
}

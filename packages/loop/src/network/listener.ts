import type { ServerSocket, SocketAddress } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core'
import type { AddressInfo, ListenOptions, Server as NetServer, ServerOpts, Socket } from 'node:net'
import { builtin } from '../builtin.ts'
import { ACCEPT_RETRY_SECONDS } from './constants.ts'
import type { NetworkEventLoop } from './network-event-loop.ts'

const OUT_OF_RESOURCES = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])

/**
 * A listening socket of the host.
 *
 * The host cannot bind a socket without listening on it: connections that come before the server serves are kept.
 */
export class Listener implements ServerSocket {
  /** Receives the connections, each paused. */
  onSocket: ((socket: Socket) => void) | null = null
  /** The path of a Unix socket, or `null`. */
  readonly path: string | null
  readonly #loop: NetworkEventLoop
  readonly #server: NetServer
  readonly #backlog: number
  #kept: Socket[] | null = []
  #address: AddressInfo | string | null = null
  #mutedUntil = -Infinity
  #onClose: (() => void) | null = null

  constructor(loop: NetworkEventLoop, server: NetServer, backlog: number, path: string | null = null) {
    this.#loop = loop
    this.#server = server
    this.#backlog = backlog
    this.path = path
    server.on('connection', this.#onConnection)
    server.on('error', this.#onError)
  }

  get family(): ServerSocket['family'] {
    const address = this.#address
    if (address === null || typeof address === 'string') return 'Unix'
    return address.family === 'IPv6' ? 'IPv6' : 'IPv4'
  }

  getsockname(): SocketAddress {
    if (this.path !== null) return this.path
    const address = this.#address
    return address === null || typeof address === 'string' ? (address ?? '') : [address.address, address.port]
  }

  /** Notes the address: it is forgotten by the host when the socket is closed. */
  bound(onClose: (() => void) | null = null): void {
    this.#address = this.#server.address()
    this.#onClose = onClose
  }

  /** Hands over the connections that are there, and those that come. */
  open(): void {
    const kept = this.#kept
    this.#kept = null
    for (const socket of kept ?? []) if (!socket.destroyed) this.onSocket?.(socket)
  }

  close(): void {
    this.onSocket = null
    this.#server.close()
    for (const socket of this.#kept ?? []) socket.destroy()
    this.#kept = null
    this.#onClose?.()
    this.#onClose = null
  }

  readonly #onConnection = (socket: Socket): void => {
    if (this.#kept === null) {
      if (this.onSocket === null) socket.destroy()
      else this.onSocket(socket)
    } else if (this.#kept.length < this.#backlog) this.#kept.push(socket)
    else socket.destroy()
  }

  /**
   * A process without free descriptors can still serve the connections it has. The host goes on trying to accept; what
   * it says about that is passed on once a second.
   */
  readonly #onError = (error: NodeJS.ErrnoException): void => {
    const now = this.#loop.time()
    if (OUT_OF_RESOURCES.has(error.code ?? '') && now < this.#mutedUntil) return
    this.#mutedUntil = now + ACCEPT_RETRY_SECONDS
    this.#loop.callExceptionHandler({
      message: 'socket.accept() out of system resource',
      exception: osErrorOf(error),
    })
  }
}

/** Makes a server of the host as transports need it. */
export function newNetServer(options: ServerOpts): NetServer {
  return builtin('node:net').createServer({ allowHalfOpen: true, pauseOnConnect: true, ...options })
}

/** Listens, and calls back with the error or `null`. */
export function listen(server: NetServer, options: ListenOptions, done: (error: Error | null) => void): void {
  const onListening = (): void => {
    server.off('error', onError)
    done(null)
  }
  const onError = (error: Error): void => {
    server.off('listening', onListening)
    done(osErrorOf(error))
  }
  server.once('error', onError).once('listening', onListening)
  server.listen(options)
}

import type { HostActivity, ServerSocket, SocketAddress } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { AddressInfo, ListenOptions, Server as NetServer, ServerOpts, Socket } from 'node:net'
import { builtin } from '../builtin.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import { ACCEPT_RETRY_SECONDS, BACKLOG } from './constants.ts'

const OUT_OF_RESOURCES = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])

/** What a {@link Listener} is made of. */
export interface ListenerParts {
  readonly loop: BaseEventLoop
  /** It listens, or is about to: nothing that it accepts is lost then. */
  readonly server: NetServer
  readonly backlog?: number | undefined
  /** The path of a Unix socket. */
  readonly path?: string | undefined
  /** Closes the server, where that is more than closing it. */
  readonly closeHost?: (() => void) | undefined
}

/**
 * A listening socket of the host.
 *
 * The host cannot bind a socket without listening on it: connections that come before the server serves are kept.
 */
export class Listener implements ServerSocket, OpenResource {
  /** Receives the connections, each paused; `null` before the server serves. */
  #onSocket: ((socket: Socket) => void) | null = null
  readonly path: string | null
  readonly #loop: BaseEventLoop
  readonly #server: NetServer
  readonly #backlog: number
  #address: AddressInfo | string | null = null
  readonly #closeHost: () => void
  #kept: Socket[] = []
  #closed = false
  #mutedUntil = -Infinity

  constructor({ loop, server, backlog, path, closeHost }: ListenerParts) {
    this.path = path ?? null
    this.#loop = loop
    this.#server = server
    this.#backlog = backlog ?? BACKLOG
    this.#closeHost = closeHost ?? (() => server.close())
    resourcesOf(loop).add(this)
    server.on('connection', this.#onConnection)
    if (server.listening) this.#bound()
    else server.once('listening', () => this.#bound())
  }

  #bound(): void {
    // Forgotten by the host when the socket is closed.
    this.#address = this.#server.address()
    this.#server.on('error', this.#onError)
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

  /** Hands over the connections that are there, and those that come. */
  open(onSocket: (socket: Socket) => void): void {
    this.#onSocket = onSocket
    for (const socket of this.#kept.splice(0)) if (!socket.destroyed) onSocket(socket)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    resourcesOf(this.#loop).delete(this)
    this.#server.off('connection', this.#onConnection)
    this.#closeHost()
    for (const socket of this.#kept.splice(0)) socket.destroy()
  }

  get _activity(): HostActivity {
    return 'none'
  }

  _discard(): void {
    this.close()
  }

  readonly #onConnection = (socket: Socket): void => {
    // As newNetServer has it; the program may have made the server otherwise.
    socket.allowHalfOpen = true
    socket.setNoDelay(true)
    if (this.#onSocket !== null) this.#onSocket(socket)
    else if (this.#kept.length < this.#backlog) this.#kept.push(socket)
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

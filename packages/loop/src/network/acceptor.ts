import { OSError } from '@asyncio-ts/core'
import type { BaseEventLoop, Connections, Listening, ServedConnection } from '@asyncio-ts/core/primitives'
import type { Context, HostActivity, ServerSocket, StreamProtocol } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import type { OpenResource, OpenResources } from '../transports/open-resources.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { Listener } from './listener.ts'
import { SocketTransport } from './socket-transport.ts'
import type { SocketTransportParts } from './socket-transport.ts'
import type { TlsAcceptor } from './tls-acceptor.ts'
import { shutdownSeconds } from './tls-limits.ts'
import { TlsTransport } from './tls-transport.ts'

/** What an {@link Acceptor} is made of. */
export interface AcceptorParts {
  readonly loop: BaseEventLoop
  readonly protocolFactory: () => StreamProtocol
  /** Copied for each connection: what the callbacks of its protocol run in. */
  readonly context: Context
  readonly listeners: readonly Listener[]
  /** `null` for connections that are not encrypted. */
  readonly tls: TlsAcceptor | null
}

/** A connection whose handshake is not over: it has nothing to flush. */
class PendingHandshake implements OpenResource, ServedConnection {
  readonly #resources: OpenResources
  readonly #connections: Connections
  readonly #socket: Socket

  constructor(loop: BaseEventLoop, connections: Connections, socket: Socket) {
    this.#resources = resourcesOf(loop)
    this.#connections = connections
    this.#socket = socket
    this.#resources.add(this)
    connections.attach(this)
  }

  /** The handshake is over: a transport has taken its place, or the connection is gone. */
  end(): void {
    this.#resources.delete(this)
    this.#connections.detach(this)
  }

  close(): void {
    this.#socket.destroy()
  }

  abort(): void {
    this.#socket.destroy()
  }

  get _activity(): HostActivity {
    return 'open'
  }

  _discard(): void {
    this.#socket.destroy()
  }
}

/** The listening sockets of one server: gives each connection that they accept a protocol and a transport. */
export class Acceptor implements Listening {
  readonly #parts: AcceptorParts

  constructor(parts: AcceptorParts) {
    this.#parts = parts
  }

  get sockets(): readonly ServerSocket[] {
    return this.#parts.listeners
  }

  open(connections: Connections): void {
    for (const listener of this.#parts.listeners) {
      listener.open((socket) => this.#accept(socket, listener, connections))
    }
  }

  close(): void {
    for (const listener of this.#parts.listeners) listener.close()
  }

  #accept(socket: Socket, { path }: Listener, connections: Connections): void {
    const { loop, protocolFactory, tls } = this.#parts
    const context = this.#parts.context.copy()
    const names = path === null ? undefined : { sockname: path, peername: '' }
    let protocol
    try {
      protocol = context.run(protocolFactory)
    } catch (exception) {
      socket.destroy()
      this.#reportFailedAccept(exception)
      return
    }
    const parts = { loop, connections, socket, protocol, context, names }
    if (tls === null) new SocketTransport(parts)._begin()
    else this.#encrypt(parts, connections, tls)
  }

  #encrypt(parts: SocketTransportParts, connections: Connections, tls: TlsAcceptor): void {
    const pending = new PendingHandshake(parts.loop, connections, parts.socket)
    tls.accept(parts.socket, (error, socket) => {
      if (socket === null) this.#reportFailedAccept(error)
      else {
        const { ssl, limits } = tls
        new TlsTransport({ ...parts, socket, ssl, shutdownSeconds: shutdownSeconds(limits) })._begin()
      }
      pending.end()
    })
  }

  /** An error of the system is the other side's: it is reported in debug mode only. */
  #reportFailedAccept(exception: unknown): void {
    const { loop } = this.#parts
    if (exception instanceof OSError && !loop._debug) return
    const message = 'Error on transport creation for incoming connection'
    loop.callExceptionHandler({ message, exception })
  }
}

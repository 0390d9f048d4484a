import type { Address, BaseEventLoop, BaseProtocol, Context, SocketAddress } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import { StreamTransport } from './stream-transport.ts'
import type { TransportOwner } from './stream-transport.ts'

/** What a {@link SocketTransport} is made of. */
export interface SocketTransportParts {
  readonly loop: BaseEventLoop
  /** Connected, made with `allowHalfOpen`, and not read from yet. */
  readonly socket: Socket
  readonly protocol: BaseProtocol
  readonly context: Context
  readonly owner?: TransportOwner | null
  /** The address of a Unix socket: the host does not know it. */
  readonly path?: { readonly local: string; readonly remote: string } | undefined
}

/** A transport over a TCP or a Unix socket. */
export class SocketTransport extends StreamTransport {
  readonly _socket: Socket
  readonly #peername: SocketAddress | undefined
  readonly #sockname: SocketAddress | undefined

  constructor(parts: SocketTransportParts) {
    const { socket, path } = parts
    super({ ...parts, readable: socket, writable: socket })
    this._socket = socket
    // Asked for at once: a socket that has been reset no longer knows.
    this.#peername = path?.remote ?? addressOf(socket.remoteAddress, socket.remotePort)
    this.#sockname = path?.local ?? addressOf(socket.localAddress, socket.localPort)
  }

  override getExtraInfo(name: string, defaultValue?: unknown): unknown {
    switch (name) {
      case 'socket':
        return this._socket
      case 'peername':
        return this.#peername ?? defaultValue
      case 'sockname':
        return this.#sockname ?? defaultValue
      default:
        return defaultValue
    }
  }
}

function addressOf(host: string | undefined, port: number | undefined): Address | undefined {
  return host === undefined || port === undefined ? undefined : [host, port]
}

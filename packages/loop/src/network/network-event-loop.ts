import { BaseEventLoop, coroutine } from '@asyncio-ts/core'
import type {
  ConnectionOptions,
  Coroutine,
  CoroutineObject,
  ServerOptions,
  StreamProtocol,
  Transport,
} from '@asyncio-ts/core'
import { connectSocket } from './create-connection.ts'
import type { ConnectionTarget } from './create-connection.ts'
import { checkServerOptions, createServer } from './create-server.ts'
import type { ServerTarget } from './create-server.ts'
import { establish } from './establish.ts'
import type { Server } from './server.ts'
import type { StreamTransport, TransportOwner } from './stream-transport.ts'

/** The part of the loop that makes connections and servers. */
export class NetworkEventLoop extends BaseEventLoop implements TransportOwner {
  /** What closing the loop closes. */
  readonly _transports = new Set<StreamTransport>()
  readonly _servers = new Set<Server>()

  createConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    host: string,
    port: number,
    options: ConnectionOptions = {},
  ): CoroutineObject<[transport: Transport, protocol: P]> {
    return connect(this, protocolFactory, { host, port, options }) as CoroutineObject<[Transport, P]>
  }

  createServer(
    protocolFactory: () => StreamProtocol,
    host: string | readonly string[] | null = null,
    port = 0,
    options: ServerOptions = {},
  ): CoroutineObject<Server> {
    checkServerOptions(options)
    return serve(this, protocolFactory, { host, port, options })
  }

  override close(): void {
    super.close()
    for (const server of this._servers) server._drop()
    for (const transport of this._transports) transport._destroy()
    this._servers.clear()
    this._transports.clear()
  }

  _attach(transport: StreamTransport): void {
    this._transports.add(transport)
  }

  _detach(transport: StreamTransport): void {
    this._transports.delete(transport)
  }
}

const connect = coroutine(function* <P extends StreamProtocol>(
  loop: NetworkEventLoop,
  factory: () => P,
  target: ConnectionTarget,
): Coroutine<[transport: Transport, protocol: P]> {
  const socket = yield* connectSocket(loop, target)
  return yield* establish(loop, socket, factory)
})

const serve = coroutine(function* (
  loop: NetworkEventLoop,
  factory: () => StreamProtocol,
  target: ServerTarget,
): Coroutine<Server> {
  return yield* createServer(loop, factory, target)
})

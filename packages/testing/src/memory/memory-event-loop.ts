import { coroutine } from '@asyncio-ts/core'
import type {
  Address,
  ConnectionOptions,
  ConnectOptions,
  Coroutine,
  CoroutineObject,
  Server,
  ServerOptions,
  StreamProtocol,
  Transport,
  UnixServerOptions,
} from '@asyncio-ts/core'
import type { BaseEventLoopOptions } from '@asyncio-ts/core/primitives'
import { EventLoop } from '@asyncio-ts/loop'
import { holdClockIn } from '../hold-clock-in.ts'
import { MemoryNetwork, refuseTls } from './memory-network.ts'
import type { NetworkOptions } from './network-options.ts'

type Listen = () => Server

/** A loop whose connections and servers are made in memory, or, when told so, of sockets. */
export class MemoryEventLoop extends EventLoop {
  readonly #network: MemoryNetwork | null

  constructor(options: BaseEventLoopOptions, network: NetworkOptions | 'real' | undefined) {
    super(options)
    this.#network = network === 'real' ? null : new MemoryNetwork(this, network)
  }

  override createConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    host?: string,
    port?: number,
    options: ConnectionOptions = {},
  ): CoroutineObject<[transport: Transport, protocol: P]> {
    if (this.#network === null || options.sock !== undefined) {
      return holdClockIn(this, () => super.createConnection(protocolFactory, host, port, options))
    }
    this._checkClosed()
    refuseTls(options.ssl)
    return this.#network.connect(protocolFactory, { host: host ?? '', port: port ?? 0 })
  }

  override createServer(
    protocolFactory: () => StreamProtocol,
    host?: string | readonly string[] | null,
    port = 0,
    options: ServerOptions = {},
  ): CoroutineObject<Server<Address>> {
    const network = this.#network
    if (network === null || options.sock !== undefined) {
      return holdClockIn(this, () => super.createServer(protocolFactory, host, port, options))
    }
    this._checkClosed()
    refuseTls(options.ssl)
    const hosts = typeof host === 'object' && host !== null ? host : [host ?? '']
    const places = hosts.map((name) => ({ host: name, port }))
    const isServing = options.startServing !== false
    return listen(() => network.listen(protocolFactory, places, isServing)) as CoroutineObject<Server<Address>>
  }

  override createUnixConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    path?: string,
    options: ConnectOptions & { sock?: object | undefined } = {},
  ): CoroutineObject<[transport: Transport, protocol: P]> {
    if (this.#network === null || options.sock !== undefined || path === undefined) {
      return holdClockIn(this, () => super.createUnixConnection(protocolFactory, path, options))
    }
    this._checkClosed()
    refuseTls(options.ssl)
    return this.#network.connect(protocolFactory, { path })
  }

  override createUnixServer(
    protocolFactory: () => StreamProtocol,
    path?: string,
    options: UnixServerOptions = {},
  ): CoroutineObject<Server<string>> {
    const network = this.#network
    if (network === null || options.sock !== undefined || path === undefined) {
      return holdClockIn(this, () => super.createUnixServer(protocolFactory, path, options))
    }
    this._checkClosed()
    refuseTls(options.ssl)
    const isServing = options.startServing !== false
    return listen(() => network.listen(protocolFactory, [{ path }], isServing)) as CoroutineObject<Server<string>>
  }
}

const listen = coroutine(function* (make: Listen): Coroutine<Server> {
  const server = make()
  // As in CPython, where the loop begins to watch the socket a turn later.
  if (server.isServing()) yield undefined
  return server
})

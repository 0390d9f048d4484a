import { coroutine, ValueError } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type {
  Address,
  BaseTransport,
  ConnectionOptions,
  ConnectOptions,
  Coroutine,
  CoroutineObject,
  NetworkLoop,
  Server,
  ServerOptions,
  Ssl,
  StartTlsOptions,
  StreamProtocol,
  TlsLimits,
  TlsOptions,
  Transport,
  UnixServerOptions,
} from '@asyncio-ts/core'
import { checkTarget, secretsOf } from './connection-options.ts'
import { connectTo, connectToUnix } from './create-connection.ts'
import { checkServerOptions, createServer } from './create-server.ts'
import { createUnixServer } from './create-unix-server.ts'
import { establish } from './establish.ts'
import type { Connected } from './establish.ts'
import { checkUpgrade, startTls } from './start-tls.ts'
import { checkNetServer, checkSocket, takeOverSocket, withHostSocket } from './take-over-socket.ts'
import type { Secrets } from './tls-handshake.ts'
import { checkServerSsl, checkTlsLimits } from './tls-limits.ts'
import { checkUnixPath } from './unix-path.ts'

/** A connection, and the protocol that talks through it. */
type Connection<P> = CoroutineObject<[transport: Transport, protocol: P]>

/** What this part of a loop does. */
type NetworkMethods = Pick<
  NetworkLoop,
  | 'createConnection'
  | 'createServer'
  | 'createUnixConnection'
  | 'createUnixServer'
  | 'connectAcceptedSocket'
  | 'startTls'
>

/** The part of a loop that makes connections and servers: TCP, Unix sockets, TLS. */
export class Network implements NetworkMethods {
  readonly #loop: BaseEventLoop

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  createConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    host?: string,
    port?: number,
    options: ConnectionOptions = {},
  ): Connection<P> {
    this.#loop._checkClosed()
    checkTarget(host, port, options)
    const secrets = secretsOf(options, host)
    if (options.sock !== undefined) return this.#adopt(protocolFactory, options.sock, secrets)
    return connect(this.#loop, protocolFactory, {
      host: host ?? 'localhost',
      port: port!,
      options,
      secrets,
    }) as Connection<P>
  }

  createServer(
    protocolFactory: () => StreamProtocol,
    host?: string | readonly string[] | null,
    port?: number,
    given: ServerOptions = {},
  ): CoroutineObject<Server<Address>> {
    this.#loop._checkClosed()
    const options = withHostSocket(given)
    checkServerOptions(host, port, options)
    const server = serve(this.#loop, protocolFactory, { host: host ?? null, port: port ?? 0, options })
    // Those of a TCP server have no paths, unless `sock` is a Unix server all the same.
    return server as CoroutineObject<Server<Address>>
  }

  createUnixConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    path?: string,
    options: ConnectOptions & { sock?: object | undefined } = {},
  ): Connection<P> {
    this.#loop._checkClosed()
    const { sock } = options
    checkEither(path, sock)
    const secrets = secretsOf(options, undefined)
    if (sock !== undefined) return this.#adopt(protocolFactory, sock, secrets)
    checkUnixPath(path)
    return connectUnix(this.#loop, protocolFactory, path, secrets) as Connection<P>
  }

  createUnixServer(
    protocolFactory: () => StreamProtocol,
    path?: string,
    given: UnixServerOptions = {},
  ): CoroutineObject<Server<string>> {
    this.#loop._checkClosed()
    const options = withHostSocket(given)
    checkEither(path, options.sock)
    checkServerSsl(options.ssl)
    checkTlsLimits(options, options.ssl)
    if (options.sock !== undefined) checkNetServer(options.sock)
    else checkUnixPath(path)
    return serveUnix(this.#loop, protocolFactory, path, options) as CoroutineObject<Server<string>>
  }

  connectAcceptedSocket<P extends StreamProtocol>(
    protocolFactory: () => P,
    sock: object,
    options: TlsLimits & { ssl?: TlsOptions | undefined } = {},
  ): Connection<P> {
    this.#loop._checkClosed()
    const { ssl } = options
    checkServerSsl(ssl)
    checkTlsLimits(options, ssl)
    const secrets = ssl === undefined ? null : { ...options, ssl, serverHostname: null }
    return this.#adopt(protocolFactory, sock, secrets)
  }

  startTls(
    transport: BaseTransport,
    protocol: StreamProtocol,
    ssl: Ssl,
    options: StartTlsOptions = {},
  ): CoroutineObject<Transport> {
    this.#loop._checkClosed()
    return encrypt(checkUpgrade(transport, protocol, ssl, options))
  }

  #adopt<P extends StreamProtocol>(protocolFactory: () => P, sock: object, secrets: Secrets | null): Connection<P> {
    return adopt(this.#loop, protocolFactory, { socket: checkSocket(sock), given: sock, secrets }) as Connection<P>
  }
}

function checkEither(path: unknown, sock: unknown): void {
  if (path !== undefined && sock !== undefined) {
    throw new ValueError('path and sock can not be specified at the same time')
  }
  if (path === undefined && sock === undefined) throw new ValueError('path was not specified, and no sock specified')
}

const adopt = /* @__PURE__ */ coroutine(function* <P extends StreamProtocol>(
  loop: BaseEventLoop,
  factory: () => P,
  connected: Connected,
): Coroutine<[transport: Transport, protocol: P]> {
  yield* takeOverSocket(loop, connected.socket)
  return yield* establish(loop, factory, connected)
})
const connect = /* @__PURE__ */ coroutine(connectTo)
const connectUnix = /* @__PURE__ */ coroutine(connectToUnix)
const serve = /* @__PURE__ */ coroutine(createServer)
const serveUnix = /* @__PURE__ */ coroutine(createUnixServer)
const encrypt = /* @__PURE__ */ coroutine(startTls)

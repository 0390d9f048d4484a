import { coroutine, ValueError } from '@asyncio-ts/core'
import { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type {
  BaseTransport,
  ConnectionOptions,
  ConnectOptions,
  Coroutine,
  CoroutineObject,
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
import type { Server as ListeningServer } from './server.ts'
import { checkUpgrade, startTls } from './start-tls.ts'
import { checkNetServer, checkSocket, takeOverSocket, withHostSocket } from './take-over-socket.ts'
import type { Secrets } from './tls-handshake.ts'
import { checkServerSsl, checkTlsLimits } from './tls-limits.ts'
import type { Tenant, TransportOwner } from './transport-owner.ts'
import { checkUnixPath } from './unix-path.ts'

/** A connection, and the protocol that talks through it. */
type Connection<P> = CoroutineObject<[transport: Transport, protocol: P]>

/** The part of the loop that makes connections and servers. */
export class NetworkEventLoop extends BaseEventLoop implements TransportOwner {
  /** What closing the loop closes: otherwise it would keep the process alive. */
  readonly #tenants = new Set<Tenant>()
  readonly _servers = new Set<ListeningServer>()

  /**
   * Connects to a host over TCP, encrypted when `ssl` is given.
   *
   * The addresses of the host are tried one after the other; with `happyEyeballsDelay` the next one is tried beside
   * those that have not answered in that time. The callbacks of the protocol run in a copy of the caller's context.
   *
   * @param protocolFactory - makes the protocol, once there is a connection
   * @param host - a name or an address; the local host when absent
   * @param options.sock - a `net.Socket` or `Socket` to use in place of a host and a port; the transport takes it over
   * @returns the transport and the protocol, once `connectionMade` has been called
   * @throws OSError when no address answers: of its subclass when there is one error, or all say the same
   * @throws GaiError when the name is unknown
   * @throws SSLCertVerificationError when the certificate is not to be trusted
   * @throws ConnectionAbortedError when the TLS handshake takes longer than `sslHandshakeTimeout`, 60 seconds
   * @throws ExceptionGroup of all the errors, with `allErrors`
   * @throws ValueError when the options contradict each other
   *
   * **Cancellation** No socket is left behind.
   * **Differences from CPython** Options that make no sense throw at the call. `proto` and `flags` do not exist.
   * @example
   * import { getRunningLoop, Protocol, run } from '@asyncio-ts/loop'
   *
   * await run(function* () {
   *   const loop = getRunningLoop()
   *   const server = yield* loop.createServer(() => new Protocol(), '127.0.0.1', 0)
   *   const [host, port] = server.sockets[0]!.getsockname() as [string, number]
   *   const [transport] = yield* loop.createConnection(() => new Protocol(), host, port)
   *   console.log(transport.getExtraInfo('peername'))
   *   transport.close()
   *   server.close()
   * })
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_connection
   */
  createConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    host?: string,
    port?: number,
    options: ConnectionOptions = {},
  ): Connection<P> {
    this._checkClosed()
    checkTarget(host, port, options)
    const secrets = secretsOf(options, host)
    if (options.sock !== undefined) return this.#adopt(protocolFactory, options.sock, secrets)
    return connect(this, protocolFactory, { host: host ?? 'localhost', port: port!, options, secrets }) as Connection<P>
  }

  /**
   * Accepts connections over TCP, encrypted when `ssl` is given.
   *
   * @param protocolFactory - makes a protocol for each connection, in a copy of the caller's context
   * @param host - a name, an address, or several; every address of the machine when absent, `null` or empty
   * @param port - 0 for one that is free: see `server.sockets`. With several addresses each gets one of its own
   * @throws OSError when an address is in use (`code` is `'EADDRINUSE'`) or cannot be bound
   * @throws GaiError when a name is unknown
   * @throws TypeError when `ssl` says nothing about a certificate to show
   * @throws NotImplementedError when this version of the host cannot do what an option asks for
   *
   * **Cancellation** Nothing listens.
   * **Differences from CPython** With `startServing: false` a client can connect, and waits until the server serves:
   * the host cannot bind without listening. A process out of descriptors is told of it once a second, while the host
   * goes on trying to accept.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_server
   */
  createServer(
    protocolFactory: () => StreamProtocol,
    host?: string | readonly string[] | null,
    port?: number,
    given: ServerOptions = {},
  ): CoroutineObject<Server> {
    this._checkClosed()
    const options = withHostSocket(given)
    checkServerOptions(host, port, options)
    return serve(this, protocolFactory, { host: host ?? null, port: port ?? 0, options })
  }

  /**
   * Connects to a Unix socket.
   *
   * @param path - of the socket; a name that begins with `'\0'` is outside the file system, on Linux
   * @throws FileNotFoundError when there is nothing at the path
   * @throws ConnectionRefusedError when nobody listens there
   * @throws PermissionError when this user must not
   *
   * **Cancellation** No socket is left behind.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_unix_connection
   */
  createUnixConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    path?: string,
    options: ConnectOptions & { sock?: object | undefined } = {},
  ): Connection<P> {
    this._checkClosed()
    const { sock } = options
    checkEither(path, sock)
    const secrets = secretsOf(options, undefined)
    if (sock !== undefined) return this.#adopt(protocolFactory, sock, secrets)
    checkUnixPath(path)
    return connectUnix(this, protocolFactory, path, secrets) as Connection<P>
  }

  /**
   * Accepts connections on a Unix socket. A socket that a server that is gone has left at the path is replaced.
   *
   * @param options.cleanupSocket - whether the file goes when the server is closed; it stays when it is no longer the
   * one that the server has made
   * @throws OSError when the path is taken by something else (`code` is `'EADDRINUSE'`)
   * @throws PermissionError when this user must not
   *
   * **Cancellation** Nothing listens.
   * **Differences from CPython** Node 20 pads names outside the file system with zeros up to their full length.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_unix_server
   */
  createUnixServer(
    protocolFactory: () => StreamProtocol,
    path?: string,
    given: UnixServerOptions = {},
  ): CoroutineObject<Server> {
    this._checkClosed()
    const options = withHostSocket(given)
    checkEither(path, options.sock)
    checkServerSsl(options.ssl)
    checkTlsLimits(options, options.ssl)
    if (options.sock !== undefined) checkNetServer(options.sock)
    else checkUnixPath(path)
    return serveUnix(this, protocolFactory, path, options)
  }

  /**
   * Gives a protocol to a connection that was accepted elsewhere: by a `net.Server` of the host.
   *
   * @param sock - what `sockAccept` gave, or a `net.Socket` of a server with `pauseOnConnect` and `allowHalfOpen`; the
   * transport takes it over
   * @throws TypeError when it is none, or `ssl` says nothing about a certificate to show
   *
   * **Cancellation** The connection is closed.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_accepted_socket
   */
  connectAcceptedSocket<P extends StreamProtocol>(
    protocolFactory: () => P,
    sock: object,
    options: TlsLimits & { ssl?: TlsOptions | undefined } = {},
  ): Connection<P> {
    this._checkClosed()
    const { ssl } = options
    checkServerSsl(ssl)
    checkTlsLimits(options, ssl)
    const secrets = ssl === undefined ? null : { ...options, ssl, serverHostname: null }
    return this.#adopt(protocolFactory, sock, secrets)
  }

  /**
   * Puts TLS upon a connection.
   *
   * What was written before is sent first. The protocol is not told of a connection again: it is to use the transport
   * that is returned, and the old one no longer.
   *
   * @param transport - of a TCP or a Unix connection
   * @param ssl - as for {@link createConnection}, and for {@link createServer} with `serverSide`
   * @param options.buffered - what the protocol has received already of the handshake; an extension
   * @throws TypeError when the transport is no connection
   * @throws SSLError when the handshake fails; the connection is then closed, and the protocol told
   *
   * **Cancellation** While what was written is being sent, nothing has changed; later, the connection is closed.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.start_tls
   */
  startTls(
    transport: BaseTransport,
    protocol: StreamProtocol,
    ssl: Ssl,
    options: StartTlsOptions = {},
  ): CoroutineObject<Transport> {
    this._checkClosed()
    return encrypt(checkUpgrade(transport, protocol, ssl, options))
  }

  override close(): void {
    super.close()
    for (const server of this._servers) server._drop()
    for (const tenant of this.#tenants) tenant._destroy()
    this._servers.clear()
    this.#tenants.clear()
  }

  #adopt<P extends StreamProtocol>(protocolFactory: () => P, sock: object, secrets: Secrets | null): Connection<P> {
    return adopt(this, protocolFactory, { socket: checkSocket(sock), secrets }) as Connection<P>
  }

  _attach(tenant: Tenant): void {
    this.#tenants.add(tenant)
  }

  _detach(tenant: Tenant): void {
    this.#tenants.delete(tenant)
  }
}

function checkEither(path: unknown, sock: unknown): void {
  if (path !== undefined && sock !== undefined) {
    throw new ValueError('path and sock can not be specified at the same time')
  }
  if (path === undefined && sock === undefined) throw new ValueError('path was not specified, and no sock specified')
}

const adopt = coroutine(function* <P extends StreamProtocol>(
  loop: NetworkEventLoop,
  factory: () => P,
  connected: Connected,
): Coroutine<[transport: Transport, protocol: P]> {
  yield* takeOverSocket(loop, connected.socket)
  return yield* establish(loop, factory, connected)
})
const connect = coroutine(connectTo)
const connectUnix = coroutine(connectToUnix)
const serve = coroutine(createServer)
const serveUnix = coroutine(createUnixServer)
const encrypt = coroutine(startTls)

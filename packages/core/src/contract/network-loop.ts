import type { Address } from './address.ts'
import type { CoroutineObject } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'
import type { BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol } from './protocol.ts'
import type { Server } from './server.ts'
import type { Ssl, TlsLimits } from './tls-options.ts'
import type { BaseTransport, DatagramTransport, ReadTransport, Transport, WriteTransport } from './transport.ts'

/** A protocol that a connection can be given. */
export type StreamProtocol = Protocol | BufferedProtocol

/** Options that connections of every kind share. */
export interface ConnectOptions extends TlsLimits {
  ssl?: Ssl | undefined
  /** The name the peer's certificate is checked against; the host when absent. */
  serverHostname?: string | undefined
}

/** How {@link NetworkLoop.createConnection} connects. */
export interface ConnectionOptions extends ConnectOptions {
  /** 4 or 6; both when absent. */
  family?: 4 | 6 | undefined
  localAddr?: Address | undefined
  /** An open socket of the host (`net.Socket`) to take over in place of a host and a port. */
  sock?: object | undefined
  /** In seconds: how long one address may take before the next one is tried beside it. */
  happyEyeballsDelay?: number | undefined
  /** How many addresses of the preferred family come before the families alternate. */
  interleave?: number | undefined
  /** Throws an ExceptionGroup of every attempt in place of one error. */
  allErrors?: boolean | undefined
}

/** Options that servers of every kind share. */
export interface ListenOptions extends TlsLimits {
  ssl?: Exclude<Ssl, true> | undefined
  /** How many connections may wait to be accepted; 100 when absent. */
  backlog?: number | undefined
  /** True when absent; false waits for `server.startServing()`. */
  startServing?: boolean | undefined
}

/** How {@link NetworkLoop.createServer} listens. */
export interface ServerOptions extends ListenOptions {
  family?: 4 | 6 | undefined
  reuseAddress?: boolean | undefined
  reusePort?: boolean | undefined
  keepAlive?: boolean | undefined
  /** A listening socket of the host (`net.Server`) to take over in place of a host and a port. */
  sock?: object | undefined
}

/** How {@link NetworkLoop.createUnixServer} listens. */
export interface UnixServerOptions extends ListenOptions {
  /** Removes the socket's file when the server closes, if it is still the same file. True when absent. */
  cleanupSocket?: boolean | undefined
  sock?: object | undefined
}

/** How {@link NetworkLoop.startTls} encrypts a connection. */
export interface StartTlsOptions extends TlsLimits {
  serverSide?: boolean | undefined
  /** The name the server's certificate is checked against. */
  serverHostname?: string | undefined
  /** Bytes that the protocol has received and that belong to the handshake. */
  buffered?: Uint8Array | undefined
}

/** How {@link NetworkLoop.createDatagramEndpoint} binds. */
export interface DatagramOptions {
  localAddr?: Address | undefined
  remoteAddr?: Address | undefined
  family?: 4 | 6 | undefined
  reusePort?: boolean | undefined
  allowBroadcast?: boolean | undefined
  /** A bound socket of the host (`dgram.Socket`), which excludes the other options. */
  sock?: object | undefined
}

/** A loop that reaches the network: what streams are built on. */
export interface NetworkLoop extends EventLoop {
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
   * @remarks
   * **Cancellation** No socket is left behind.
   *
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
    options?: ConnectionOptions,
  ): CoroutineObject<[transport: Transport, protocol: P]>

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
   * @remarks
   * **Cancellation** Nothing listens.
   *
   * **Differences from CPython** With `startServing: false` a client can connect, and waits until the server serves:
   * the host cannot bind without listening. A process out of descriptors is told of it once a second, while the host
   * goes on trying to accept.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_server
   */
  createServer(
    protocolFactory: () => StreamProtocol,
    host?: string | readonly string[] | null,
    port?: number,
    options?: ServerOptions,
  ): CoroutineObject<Server<Address>>

  /**
   * Connects to a Unix socket.
   *
   * @param path - of the socket; a name that begins with `'\0'` is outside the file system, on Linux
   * @throws FileNotFoundError when there is nothing at the path
   * @throws ConnectionRefusedError when nobody listens there
   * @throws PermissionError when this user must not
   * @remarks
   * **Cancellation** No socket is left behind.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_unix_connection
   */
  createUnixConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    path?: string,
    options?: ConnectOptions & { sock?: object | undefined },
  ): CoroutineObject<[transport: Transport, protocol: P]>

  /**
   * Accepts connections on a Unix socket. A socket that a server that is gone has left at the path is replaced.
   *
   * @param options.cleanupSocket - whether the file goes when the server is closed; it stays when it is no longer the
   * one that the server has made
   * @throws OSError when the path is taken by something else (`code` is `'EADDRINUSE'`)
   * @throws PermissionError when this user must not
   * @remarks
   * **Cancellation** Nothing listens.
   *
   * **Differences from CPython** Node 20 pads names outside the file system with zeros up to their full length.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_unix_server
   */
  createUnixServer(
    protocolFactory: () => StreamProtocol,
    path?: string,
    options?: UnixServerOptions,
  ): CoroutineObject<Server<string>>

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
   * @remarks
   * **Cancellation** While what was written is being sent, nothing has changed; later, the connection is closed.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.start_tls
   */
  startTls(
    transport: BaseTransport,
    protocol: StreamProtocol,
    ssl: Ssl,
    options?: StartTlsOptions,
  ): CoroutineObject<Transport>

  /**
   * Gives a protocol to a connection that was accepted elsewhere: by a `net.Server` of the host.
   *
   * @param sock - what `sockAccept` gave, or a `net.Socket` of a server with `pauseOnConnect` and `allowHalfOpen`; the
   * transport takes it over
   * @throws TypeError when it is none, or `ssl` says nothing about a certificate to show
   * @remarks
   * **Cancellation** The connection is closed.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_accepted_socket
   */
  connectAcceptedSocket<P extends StreamProtocol>(
    protocolFactory: () => P,
    sock: object,
    options?: TlsLimits & { ssl?: Exclude<Ssl, true> | undefined },
  ): CoroutineObject<[transport: Transport, protocol: P]>

  /**
   * Opens a socket for datagrams (UDP).
   *
   * With a remote address, the socket hears of that peer only, and of its refusals: they go to errorReceived. Names are
   * looked up, and the first family of addresses that works is used.
   *
   * @param protocolFactory - makes the protocol
   * @param options.localAddr - where to receive; any free port when absent
   * @param options.remoteAddr - where datagrams go that are sent without an address
   * @param options.family - 4 or 6; needed where there is neither address
   * @param options.reusePort - several sockets may share the port
   * @param options.allowBroadcast - allows broadcast addresses; the socket then hears of every peer
   * @param options.sock - a `dgram.Socket` or a `Socket` to take over, in place of all of these
   * @returns the transport and the protocol, once connectionMade has been called
   * @throws OSError when the socket cannot be opened
   * @throws GaiError when a name is unknown
   * @throws ValueError when the options contradict each other, or the host lacks `reusePort`: before Node 22.12
   * @remarks
   * **Cancellation** The socket is closed.
   *
   * **Differences from CPython** A socket is bound at once, also without a local address. A datagram to a name, rather
   * than to an address, is sent after the name has been looked up. There are no Unix datagram sockets.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_datagram_endpoint
   */
  createDatagramEndpoint<P extends DatagramProtocol>(
    protocolFactory: () => P,
    options?: DatagramOptions,
  ): CoroutineObject<[transport: DatagramTransport, protocol: P]>

  /**
   * Reads a pipe through a protocol.
   *
   * @param protocolFactory - makes the protocol
   * @param pipe - a readable stream of the host, such as `process.stdin`; a descriptor of a pipe, a socket or a
   * character device; or an object that has one in `fd`. The transport takes it over and closes it.
   * @returns the transport and the protocol, once connectionMade has been called
   * @throws ValueError when the pipe is closed, is a regular file, or does not give bytes
   * @throws TypeError when it is nothing that could be read
   * @remarks
   * **Cancellation** The transport is closed.
   *
   * **Differences from CPython** A FileHandle is closed at once: the transport reads the same pipe through a descriptor
   * of its own.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_read_pipe
   */
  connectReadPipe<P extends Protocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: ReadTransport, protocol: P]>

  /**
   * Writes a pipe through a protocol; see {@link connectReadPipe}.
   *
   * @param pipe - a writable stream of the host, such as `process.stdout`; a descriptor, or an object that has one in
   * `fd`. The transport takes it over and closes it.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_write_pipe
   */
  connectWritePipe<P extends BaseProtocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: WriteTransport, protocol: P]>
}

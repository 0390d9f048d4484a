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
  createConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    host?: string,
    port?: number,
    options?: ConnectionOptions,
  ): CoroutineObject<[transport: Transport, protocol: P]>
  createServer(
    protocolFactory: () => StreamProtocol,
    host?: string | readonly string[] | null,
    port?: number,
    options?: ServerOptions,
  ): CoroutineObject<Server>
  createUnixConnection<P extends StreamProtocol>(
    protocolFactory: () => P,
    path?: string,
    options?: ConnectOptions & { sock?: object | undefined },
  ): CoroutineObject<[transport: Transport, protocol: P]>
  createUnixServer(
    protocolFactory: () => StreamProtocol,
    path?: string,
    options?: UnixServerOptions,
  ): CoroutineObject<Server>
  startTls(
    transport: BaseTransport,
    protocol: StreamProtocol,
    ssl: Ssl,
    options?: StartTlsOptions,
  ): CoroutineObject<Transport>
  connectAcceptedSocket<P extends StreamProtocol>(
    protocolFactory: () => P,
    sock: object,
    options?: TlsLimits & { ssl?: Exclude<Ssl, true> | undefined },
  ): CoroutineObject<[transport: Transport, protocol: P]>
  createDatagramEndpoint<P extends DatagramProtocol>(
    protocolFactory: () => P,
    options?: DatagramOptions,
  ): CoroutineObject<[transport: DatagramTransport, protocol: P]>
  connectReadPipe<P extends Protocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: ReadTransport, protocol: P]>
  connectWritePipe<P extends BaseProtocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: WriteTransport, protocol: P]>
}

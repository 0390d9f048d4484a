import type {
  Address,
  BaseProtocol,
  BaseTransport,
  CoroutineObject,
  DatagramOptions,
  DatagramProtocol,
  DatagramTransport,
  Protocol,
  ReadTransport,
  SocketAddress,
  WriteTransport,
} from '@asyncio-ts/core'
import { NetworkEventLoop } from '../network/network-event-loop.ts'
import type { AddressInfo, AddressInfoOptions, NameFlag } from '../names/address-info.ts'
import { connectReadPipe, connectWritePipe } from '../pipes/connect-pipe.ts'
import { createDatagramEndpoint } from '../datagrams/create-datagram-endpoint.ts'
import { getaddrinfo } from '../names/getaddrinfo.ts'
import { getnameinfo } from '../names/getnameinfo.ts'
import type { SendableFile } from './file-blocks.ts'
import { discardOpen } from '../transports/open-transports.ts'
import { sendfile } from './sendfile.ts'
import type { SendfileOptions } from './sendfile.ts'
import * as sock from './sock-operations.ts'
import { sockSendfile } from './sock-sendfile.ts'
import type { Socket } from './socket.ts'

/** The part of the loop that knows datagrams, pipes, names and plain sockets. */
export class SocketEventLoop extends NetworkEventLoop {
  override close(): void {
    super.close()
    discardOpen(this)
  }

  /**
   * Reads a pipe through a protocol.
   *
   * @param protocolFactory - makes the protocol
   * @param pipe - a readable stream of the host, such as `process.stdin`; a descriptor of a pipe, a socket or a
   * character device; or an object that has one in `fd`. The transport takes it over and closes it.
   * @returns the transport and the protocol, once connectionMade has been called
   * @throws ValueError when the pipe is closed, is a regular file, or does not give bytes
   * @throws TypeError when it is nothing that could be read
   *
   * **Cancellation** The transport is closed.
   * **Differences from CPython** A FileHandle is closed at once: the transport reads the same pipe through a descriptor
   * of its own.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_read_pipe
   */
  connectReadPipe<P extends Protocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: ReadTransport, protocol: P]> {
    return connectReadPipe(this, protocolFactory, pipe)
  }

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
  ): CoroutineObject<[transport: WriteTransport, protocol: P]> {
    return connectWritePipe(this, protocolFactory, pipe)
  }

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
   *
   * **Cancellation** The socket is closed.
   * **Differences from CPython** A socket is bound at once, also without a local address. A datagram to a name, rather
   * than to an address, is sent after the name has been looked up. There are no Unix datagram sockets.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.create_datagram_endpoint
   */
  createDatagramEndpoint<P extends DatagramProtocol>(
    protocolFactory: () => P,
    options?: DatagramOptions,
  ): CoroutineObject<[transport: DatagramTransport, protocol: P]> {
    return createDatagramEndpoint(this, protocolFactory, options)
  }

  /**
   * Looks up the addresses of a host and a service, in the system's order.
   *
   * @param host - a name or an address, which needs no look-up; `null` for this machine
   * @param port - a number, the name of a service, or `null`
   * @returns one tuple `[family, type, proto, canonname, [host, port]]` for each address and kind of socket
   * @throws GaiError when there is no such name
   * @throws ValueError when a flag is not supported or a port out of range
   *
   * **Cancellation** The answer is ignored: a look-up that has begun cannot be called off.
   * **Differences from CPython** Families are 4 and 6, types and flags go by name, and `AI_CANONNAME` is not supported:
   * the host does not tell.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.getaddrinfo
   */
  getaddrinfo(
    host: string | null | undefined,
    port?: string | number | null,
    options?: AddressInfoOptions,
  ): CoroutineObject<AddressInfo[]> {
    return getaddrinfo(this, host, port, options)
  }

  /**
   * Looks up the name of an address, and of the service at its port.
   *
   * @param flags - `NI_NUMERICHOST`, `NI_NUMERICSERV`, `NI_NAMEREQD`, `NI_DGRAM`
   * @returns the name, or the address itself where it has none, and the service
   * @throws GaiError when the host is no address, or has no name and `NI_NAMEREQD` asks for one
   *
   * **Cancellation** The answer is ignored.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.getnameinfo
   */
  getnameinfo(sockaddr: Address, flags?: readonly NameFlag[]): CoroutineObject<[host: string, service: string]> {
    return getnameinfo(this, sockaddr, flags)
  }

  /**
   * Sends a file through a transport, and returns how many bytes were sent.
   *
   * The protocol hears nothing while the file is sent, except of a lost connection.
   *
   * @param file - a `FileHandle`, or anything with its `read` method; told the new position if it has `seek`
   * @param options.offset - where to begin; the start of the file when absent
   * @param options.count - how many bytes; all there are when absent
   * @param options.fallback - false insists on the system's own sendfile, which no JavaScript host has
   * @throws SendfileNotAvailableError when `fallback` is false
   * @throws RuntimeError when the transport is closing, is sending a file, or is none of a stream socket
   * @throws ConnectionError when the connection is lost meanwhile
   *
   * **Cancellation** What was written stays written; the transport can be used again.
   * **Differences from CPython** The position of a `FileHandle` is left alone: the host cannot set it.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sendfile
   */
  sendfile(transport: BaseTransport, file: SendableFile, options: SendfileOptions = {}): CoroutineObject<number> {
    return sendfile(this, transport, file, options)
  }

  /**
   * Connects a socket: a stream socket to a peer, a datagram socket to where it sends and hears from.
   *
   * @param address - a pair `[host, port]`, whose host may be a name, or the path of a Unix socket
   * @throws OSError when that fails; the socket can then be connected elsewhere
   *
   * **Cancellation** The attempt is given up.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_connect
   */
  sockConnect(socket: Socket, address: SocketAddress): CoroutineObject<void> {
    return sock.sockConnect(this, socket, address)
  }

  /**
   * Takes a connection from a listening socket.
   *
   * **Cancellation** The connection is left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_accept
   */
  sockAccept(socket: Socket): CoroutineObject<[connection: Socket, address: SocketAddress]> {
    return sock.sockAccept(this, socket)
  }

  /**
   * Receives up to `maxBytes` bytes; none at the end of the stream.
   *
   * **Cancellation** The bytes are left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recv
   */
  sockRecv(socket: Socket, maxBytes: number): CoroutineObject<Uint8Array> {
    return sock.sockRecv(this, socket, maxBytes)
  }

  /**
   * Receives into a buffer, and returns how many bytes.
   *
   * **Cancellation** The bytes are left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recv_into
   */
  sockRecvInto(socket: Socket, buffer: Uint8Array): CoroutineObject<number> {
    return sock.sockRecvInto(this, socket, buffer)
  }

  /**
   * Sends all of the bytes.
   *
   * **Cancellation** An unknown part of the bytes has been sent, and up to 64 KiB more may follow.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_sendall
   */
  sockSendall(socket: Socket, data: Uint8Array | string): CoroutineObject<void> {
    return sock.sockSendall(this, socket, data)
  }

  /**
   * Receives a datagram, and tells where from. What exceeds `maxBytes` is lost.
   *
   * **Cancellation** The datagram is left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recvfrom
   */
  sockRecvfrom(socket: Socket, maxBytes: number): CoroutineObject<[data: Uint8Array, address: Address]> {
    return sock.sockRecvfrom(this, socket, maxBytes)
  }

  /**
   * Receives a datagram into a buffer, and returns how many bytes and where from.
   *
   * @param maxBytes - the length of the buffer when absent or 0
   *
   * **Cancellation** The datagram is left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recvfrom_into
   */
  sockRecvfromInto(
    socket: Socket,
    buffer: Uint8Array,
    maxBytes?: number,
  ): CoroutineObject<[byteCount: number, address: Address]> {
    return sock.sockRecvfromInto(this, socket, buffer, maxBytes)
  }

  /**
   * Sends a datagram, and returns its size.
   *
   * **Cancellation** The datagram may be sent all the same.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_sendto
   */
  sockSendto(socket: Socket, data: Uint8Array | string, address: Address): CoroutineObject<number> {
    return sock.sockSendto(this, socket, data, address)
  }

  /**
   * Sends a file through a stream socket; see {@link sendfile}.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_sendfile
   */
  sockSendfile(socket: Socket, file: SendableFile, options: SendfileOptions = {}): CoroutineObject<number> {
    return sockSendfile(this, socket, file, options)
  }
}

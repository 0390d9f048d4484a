import type {
  Address,
  BaseProtocol,
  CoroutineObject,
  DatagramOptions,
  DatagramProtocol,
  DatagramTransport,
  Protocol,
  ReadTransport,
  WriteTransport,
} from '@asyncio-ts/core'
import { NetworkEventLoop } from '../network/network-event-loop.ts'
import type { AddressInfo, AddressInfoOptions, NameFlag } from './address-info.ts'
import { connectReadPipe, connectWritePipe } from './connect-pipe.ts'
import { createDatagramEndpoint } from './create-datagram-endpoint.ts'
import { getaddrinfo } from './getaddrinfo.ts'
import { getnameinfo } from './getnameinfo.ts'
import { discardOpen } from './open-transports.ts'

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
   * @param options.sock - a `dgram.Socket` to take over, in place of all of these
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
}

import type { Address, BaseTransport, CoroutineObject, SocketAddress } from '@asyncio-ts/core'
import type { SendableFile } from './file-blocks.ts'
import type { SendfileOptions } from './sendfile.ts'
import type { Socket } from './socket.ts'

/** A loop that works with plain sockets, and that sends files. */
export interface SocketLoop {
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
   * @remarks
   * **Cancellation** What was written stays written; the transport can be used again.
   *
   * **Differences from CPython** The position of a `FileHandle` is left alone: the host cannot set it.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sendfile
   */
  sendfile(transport: BaseTransport, file: SendableFile, options?: SendfileOptions): CoroutineObject<number>

  /**
   * Connects a socket: a stream socket to a peer, a datagram socket to where it sends and hears from.
   *
   * @param address - a pair `[host, port]`, whose host may be a name, or the path of a Unix socket
   * @throws OSError when that fails; the socket can then be connected elsewhere
   * @remarks
   * **Cancellation** The attempt is given up.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_connect
   */
  sockConnect(socket: Socket, address: SocketAddress): CoroutineObject<void>

  /**
   * Takes a connection from a listening socket.
   * @remarks
   * **Cancellation** The connection is left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_accept
   */
  sockAccept(socket: Socket): CoroutineObject<[connection: Socket, address: SocketAddress]>

  /**
   * Receives up to `maxBytes` bytes; none at the end of the stream.
   * @remarks
   * **Cancellation** The bytes are left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recv
   */
  sockRecv(socket: Socket, maxBytes: number): CoroutineObject<Uint8Array>

  /**
   * Receives into a buffer, and returns how many bytes.
   * @remarks
   * **Cancellation** The bytes are left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recv_into
   */
  sockRecvInto(socket: Socket, buffer: Uint8Array): CoroutineObject<number>

  /**
   * Sends all of the bytes.
   * @remarks
   * **Cancellation** An unknown part of the bytes has been sent, and up to 64 KiB more may follow.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_sendall
   */
  sockSendall(socket: Socket, data: Uint8Array | string): CoroutineObject<void>

  /**
   * Receives a datagram, and tells where from. What exceeds `maxBytes` is lost.
   * @remarks
   * **Cancellation** The datagram is left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recvfrom
   */
  sockRecvfrom(socket: Socket, maxBytes: number): CoroutineObject<[data: Uint8Array, address: Address]>

  /**
   * Receives a datagram into a buffer, and returns how many bytes and where from.
   *
   * @param maxBytes - the length of the buffer when absent or 0
   * @remarks
   * **Cancellation** The datagram is left for the next call.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_recvfrom_into
   */
  sockRecvfromInto(
    socket: Socket,
    buffer: Uint8Array,
    maxBytes?: number,
  ): CoroutineObject<[byteCount: number, address: Address]>

  /**
   * Sends a datagram, and returns its size.
   * @remarks
   * **Cancellation** The datagram may be sent all the same.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_sendto
   */
  sockSendto(socket: Socket, data: Uint8Array | string, address: Address): CoroutineObject<number>

  /**
   * Sends a file through a stream socket; see {@link sendfile}.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.sock_sendfile
   */
  sockSendfile(socket: Socket, file: SendableFile, options?: SendfileOptions): CoroutineObject<number>
}

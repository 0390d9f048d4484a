import type { BaseProtocol, CoroutineObject, Protocol, ReadTransport, WriteTransport } from '@asyncio-ts/core'
import { NetworkEventLoop } from '../network/network-event-loop.ts'
import { connectReadPipe, connectWritePipe } from './connect-pipe.ts'
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
}

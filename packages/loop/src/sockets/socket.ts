import { coroutine, getRunningLoop, NotImplementedError, OSError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, DatagramOptions, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket as HostDatagramSocket } from 'node:dgram'
import type { Server as HostServer, Socket as HostSocket } from 'node:net'
import { builtin } from '../builtin.ts'
import { DatagramSocket } from '../datagrams/datagram-socket.ts'
import { markSocket } from '../is-socket.ts'
import { ListeningSocket } from './listening-socket.ts'
import type { ListeningOptions } from './listening-socket.ts'
import { MessageSocket } from './message-socket.ts'
import { openDatagramSocket } from '../datagrams/open-datagram-socket.ts'
import { StreamSocket } from './stream-socket.ts'

/**
 * A socket for the loop's `sock*` methods, in place of Python's `socket.socket`.
 *
 * Bytes are read when they are asked for. A socket that nobody uses does not keep the process alive.
 *
 * @remarks
 * **Differences from CPython** How a socket is used is decided when it is made. A listening one accepts connections as
 * they come, and keeps them for `sockAccept`.
 * @example
 * import { newEventLoop, Socket } from '@asyncio-ts/loop'
 *
 * const loop = newEventLoop()
 * const answer = await loop.runUntilComplete(async () => {
 *   using listening = await Socket.listen(['127.0.0.1', 0])
 *   using client = Socket.connectable()
 *   await loop.sockConnect(client, listening.getsockname())
 *   const [connection] = await loop.sockAccept(listening)
 *   await loop.sockSendall(connection, 'hello')
 *   connection.close()
 *   return await loop.sockRecv(client, 100)
 * })
 * console.log(answer.toString()) // hello
 * loop.close()
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#working-with-socket-objects-directly
 * @extension
 */
export class Socket implements Disposable {
  readonly #driver: StreamSocket | ListeningSocket | MessageSocket

  private constructor(driver: StreamSocket | ListeningSocket | MessageSocket) {
    this.#driver = driver
    markSocket(this)
  }

  /** Makes a TCP or Unix socket to be connected with `loop.sockConnect`. */
  static connectable(): Socket {
    return new Socket(new StreamSocket())
  }

  /**
   * Listens for connections, which `loop.sockAccept` hands out.
   *
   * @param address - a pair `[host, port]`, or the path of a Unix socket
   * @throws OSError when it cannot be listened on
   *
   * @remarks
   * **Cancellation** The socket is closed.
   */
  static listen(address: SocketAddress, options: ListeningOptions = {}): CoroutineObject<Socket> {
    return listen(address, options)
  }

  /**
   * Opens a datagram socket; the options are those of `loop.createDatagramEndpoint`.
   *
   * @remarks
   * **Cancellation** The socket is closed.
   */
  static datagram(options: DatagramOptions): CoroutineObject<Socket> {
    return datagram(options)
  }

  /**
   * Takes over a socket of the host: a connected `net.Socket`, a listening `net.Server`, or a bound `dgram.Socket`.
   *
   * @throws TypeError when it is none of these, or encrypted
   */
  static from(host: HostSocket | HostServer | HostDatagramSocket): Socket {
    if ((host as { encrypted?: boolean }).encrypted) {
      throw new TypeError('Socket cannot be of type TLSSocket: use transports or streams.')
    }
    const { Socket: NetSocket, Server: NetServer } = builtin('node:net')
    if (host instanceof NetSocket) return new Socket(new StreamSocket(host))
    if (host instanceof NetServer) return new Socket(ListeningSocket.of(host))
    if (host instanceof builtin('node:dgram').Socket) return new Socket(new MessageSocket(new DatagramSocket(host)))
    throw new TypeError(`A net.Socket, net.Server or dgram.Socket was expected, got ${reprOf(host)}.`)
  }

  /** @internal */
  static _of(driver: StreamSocket | ListeningSocket | MessageSocket): Socket {
    return new Socket(driver)
  }

  /** Whether it is for streams of bytes or for datagrams. */
  get type(): 'stream' | 'dgram' {
    return this.#driver.type
  }

  /** The socket of the host, to look at; `null` before it is connected. See {@link detach}. */
  get host(): HostSocket | HostServer | HostDatagramSocket | null {
    return this.#driver.host
  }

  /** @throws OSError when the socket is closed or not connected */
  getsockname(): SocketAddress {
    return this.#driver.sockname ?? ['0.0.0.0', 0]
  }

  /** @throws OSError when the socket is closed or not connected */
  getpeername(): SocketAddress {
    return this.#driver.peername!
  }

  /**
   * Ends the writing half of a connection, after everything that was sent.
   *
   * @throws OSError when the socket is not connected
   */
  shutdown(): void {
    this._stream().shutdown()
  }

  /**
   * Gives the socket of the host away, with everything that has come and was not asked for; this one is then closed.
   *
   * The methods of the loop that have a `sock` option do so by themselves.
   *
   * @throws OSError when the socket is closed or not connected
   */
  detach(): HostSocket | HostServer | HostDatagramSocket {
    return this.#driver.detach()
  }

  /** Closes the socket; who waits on it gets an OSError. Closing twice does nothing. */
  close(): void {
    this.#driver.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  _stream(): StreamSocket {
    if (this.#driver instanceof StreamSocket) return this.#driver
    throw new OSError('Transport endpoint is not connected: this is no stream socket.', { code: 'ENOTCONN' })
  }

  _listening(): ListeningSocket {
    if (this.#driver instanceof ListeningSocket) return this.#driver
    throw new OSError('Invalid argument: the socket does not listen.', { code: 'EINVAL' })
  }

  /** The socket as one that can be connected and sent through, whatever it sends. */
  _connectable(): StreamSocket | MessageSocket {
    if (this.#driver instanceof MessageSocket) return this.#driver
    return this._stream()
  }

  _messages(): MessageSocket {
    if (this.#driver instanceof MessageSocket) return this.#driver
    throw new NotImplementedError('A stream socket has no addresses in it: use sockRecv and sockSendall.')
  }
}

const listen = /* @__PURE__ */ coroutine(function* listen(
  address: SocketAddress,
  options: ListeningOptions,
): Coroutine<Socket> {
  return Socket._of(yield* ListeningSocket.listen(getRunningLoop() as BaseEventLoop, address, options))
})

const datagram = /* @__PURE__ */ coroutine(function* datagram(options: DatagramOptions): Coroutine<Socket> {
  const { socket } = yield* openDatagramSocket(getRunningLoop() as BaseEventLoop, options)
  return Socket._of(new MessageSocket(socket))
})

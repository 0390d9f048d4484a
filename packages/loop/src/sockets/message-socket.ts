import { OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Address, Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { RemoteInfo, Socket as HostSocket } from 'node:dgram'
import { badDescriptor } from './bad-descriptor.ts'
import type { DatagramSocket } from '../datagrams/datagram-socket.ts'
import { WakeList } from './wake-list.ts'

interface Message {
  readonly data: Uint8Array
  readonly info: RemoteInfo
}

/** What a message costs besides its bytes: without it, empty ones could fill the memory. */
const MESSAGE_BYTES = 512

/** A datagram socket that is read on demand. What does not fit into its buffer is dropped, as by the system. */
export class MessageSocket {
  readonly type = 'dgram'
  readonly #socket: DatagramSocket
  readonly #waiting = new WakeList()
  readonly #messages: Message[] = []
  readonly #limitBytes: number
  #waitingBytes = 0
  #closed = false
  /** An error that has come by itself: a refusal. The next call throws it, once. */
  #error: Error | null = null

  constructor(socket: DatagramSocket) {
    this.#socket = socket
    socket.host.unref()
    this.#limitBytes = socket.host.getRecvBufferSize()
    socket.deliver({
      message: (data, from) => this.#keep({ data, info: from }),
      error: (error) => {
        this.#error = osErrorOf(error)
        this.#waiting.wake()
      },
      close: () => this.close(),
    })
  }

  get host(): HostSocket {
    return this.#socket.host
  }

  get sockname(): Address | null {
    if (this.#closed) throw badDescriptor()
    return this.#socket.sockname
  }

  get peername(): Address | null {
    if (this.#closed) throw badDescriptor()
    const { peername } = this.#socket
    if (peername === null) throw new OSError('Transport endpoint is not connected.', { code: 'ENOTCONN' })
    return peername
  }

  *connect(loop: BaseEventLoop, address: Address): Coroutine<void> {
    this.#check()
    if (this.#socket.peername !== null) this.host.disconnect()
    yield* this.#socket.connect(loop, address)
  }

  /** Takes the oldest message, waiting for one. Of a longer one than `maxBytes` the rest is lost. */
  *recvfrom(loop: BaseEventLoop, maxBytes: number): Coroutine<[Uint8Array, Address]> {
    for (;;) {
      this.#check()
      const message = this.#messages.shift()
      if (message !== undefined) {
        this.#waitingBytes -= costOf(message)
        return [message.data.subarray(0, maxBytes), [message.info.address, message.info.port]]
      }
      yield* this.#waiting.wait(loop)
    }
  }

  /** Hands a message to the system; to the peer of a connected socket where the address is absent. */
  *sendto(loop: BaseEventLoop, data: Uint8Array, address?: Address): Coroutine<number> {
    this.#check()
    const sent = loop.createFuture<number>()
    function done(error: Error | null, byteCount: number): void {
      if (sent.done()) return
      if (error) sent.setException(osErrorOf(error))
      else sent.setResult(byteCount)
    }
    const copy = Buffer.from(data)
    if (address === undefined) this.host.send(copy, done)
    else this.host.send(copy, address[1], address[0], done)
    return yield* sent
  }

  /** Gives the socket of the host away; it tells its new owner of the messages that nobody has asked for. */
  detach(): HostSocket {
    if (this.#closed) throw badDescriptor()
    const host = this.#socket.detach().ref()
    const messages = this.#messages.splice(0)
    setImmediate(() => {
      for (const { data, info } of messages) host.emit('message', data, info)
    })
    this.#closed = true
    this.#waiting.wake()
    return host
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#socket.close()
    this.#waiting.wake()
  }

  #check(): void {
    if (this.#closed) throw badDescriptor()
    const error = this.#error
    this.#error = null
    if (error !== null) throw error
  }

  #keep(message: Message): void {
    const costBytes = costOf(message)
    if (this.#waitingBytes + costBytes > this.#limitBytes) return
    this.#waitingBytes += costBytes
    this.#messages.push(message)
    this.#waiting.wake()
  }
}

function costOf({ data }: Message): number {
  return data.byteLength + MESSAGE_BYTES
}

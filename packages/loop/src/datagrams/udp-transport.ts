import { OSError, ValueError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { Address, BaseProtocol, DatagramProtocol, Future, HostActivity, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { RemoteInfo } from 'node:dgram'
import { LOST_WRITES_BEFORE_WARNING } from '../transports/constants.ts'
import { DatagramTransport } from '../transports/transports.ts'
import { checkAddress } from '../names/check-address.ts'
import { checkBytes } from '../transports/check-bytes.ts'
import { isLiteral } from './datagram-socket.ts'
import type { DatagramSocket } from './datagram-socket.ts'
import { FlowControl } from '../transports/flow-control.ts'
import type { WriteBufferLimits } from '../transports/flow-control.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import { ProtocolCalls } from '../transports/protocol-calls.ts'

/** What every datagram costs beside its bytes, as CPython counts it. */
const HEADER_BYTES = 8

/** What a {@link UdpTransport} is made of. */
export interface UdpTransportParts {
  loop: BaseEventLoop
  socket: DatagramSocket
  protocol: DatagramProtocol
  /** Where datagrams without an address go. */
  remote: Address | null
  waiter: Future<void>
}

/**
 * Sends and receives datagrams over UDP.
 *
 * @see https://docs.python.org/3/library/asyncio-protocol.html#datagram-transports
 */
export class UdpTransport extends DatagramTransport implements OpenResource {
  readonly #loop: BaseEventLoop
  readonly #socket: DatagramSocket
  readonly #isConnected: boolean
  readonly #remote: Address | null
  readonly #calls: ProtocolCalls
  readonly #flow: FlowControl
  #protocol: DatagramProtocol
  /** The size of datagrams to names that are still being looked up. */
  #unresolvedBytes = 0
  #closing = false
  #losing = false
  #lostWrites = 0

  constructor(parts: UdpTransportParts) {
    const { loop, socket, protocol, remote, waiter } = parts
    const { peername, sockname } = socket
    super({ socket: socket.host, sockname, ...(peername && { peername }) })
    this.#loop = loop
    this.#socket = socket
    this.#isConnected = peername !== null
    this.#remote = remote ?? peername
    this.#protocol = protocol
    this.#calls = new ProtocolCalls(loop, this)
    this.#flow = new FlowControl(loop, this)
    resourcesOf(loop).add(this)
    this.#calls.soon(() => this.#protocol.connectionMade(this))
    this.#calls.soon(() => socket.deliver({ message: this.#onMessage, error: this.#onError, close: this.#onClose }))
    this.#calls.soon(() => void (waiter.done() || waiter.setResult()))
  }

  /**
   * Sends a datagram, without waiting. An empty one is sent, too.
   *
   * The caller may reuse its bytes as soon as this returns. A failure goes to the protocol's errorReceived.
   *
   * @param address - where to; on an endpoint with a remote address, absent or that very address
   * @throws ValueError when it is another one
   * @throws TypeError when there is no address, or `data` is neither bytes nor text
   */
  override sendto(data: Uint8Array | string, address?: SocketAddress | null): void {
    checkBytes(data)
    const bytes = Buffer.from(data as string)
    const target = this.#target(address)
    if (this.#closing) {
      if (this.#lostWrites >= LOST_WRITES_BEFORE_WARNING) console.warn('socket.send() raised exception.')
      this.#lostWrites++
      return
    }
    try {
      if (this.#isConnected) this.#socket.host.send(bytes, (error) => this.#sent(error, 0))
      else this.#sendTo(bytes, target)
    } catch (error) {
      // Somebody has closed the socket, and the host has not told yet.
      this.#onError(error as Error)
      return
    }
    this.#flow.grown()
  }

  /** Sends what waits, then calls connectionLost and closes the socket. */
  override close(): void {
    if (this.#closing) return
    this.#closing = true
    if (this.getWriteBufferSize() === 0) this.#loseSoon(null)
  }

  /** Drops what waits; connectionLost follows in the next turn. */
  override abort(): void {
    if (!this.#losing) this.#loseSoon(null)
  }

  override isClosing(): boolean {
    return this.#closing
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.#protocol = protocol as DatagramProtocol
  }

  override getProtocol(): DatagramProtocol {
    return this.#protocol
  }

  /** The bytes that wait to be sent, and 8 for each datagram. */
  override getWriteBufferSize(): number {
    if (this.#losing) return 0
    const [bytes, count] = this.#socket.waiting
    return bytes + HEADER_BYTES * count + this.#unresolvedBytes
  }

  override getWriteBufferLimits(): [low: number, high: number] {
    return this.#flow.limits
  }

  override setWriteBufferLimits(limits: WriteBufferLimits = {}): void {
    this.#flow.setLimits(limits)
  }

  #target(address: SocketAddress | null | undefined): Address {
    const remote = this.#remote
    if (remote === null) return checkAddress(address)
    if (address === undefined || address === null) return remote
    if (address[0] === remote[0] && address[1] === remote[1]) return remote
    throw new ValueError(`Invalid address: ${reprOf(address)}. This endpoint sends to ${reprOf(remote)} only.`)
  }

  #sendTo(bytes: Uint8Array, [host, port]: Address): void {
    const waitingBytes = isLiteral(host) ? 0 : bytes.length + HEADER_BYTES
    this.#socket.host.send(bytes, port, host, (error) => this.#sent(error, waitingBytes))
    this.#unresolvedBytes += waitingBytes
  }

  #sent(error: Error | null, waitingBytes: number): void {
    this.#unresolvedBytes -= waitingBytes
    if (this.#losing) return
    if (error) this.#onError(error)
    if (this.#flow.isPaused) this.#calls.now(() => this.#flow.shrunk())
    if (this.#closing && !this.#losing && this.getWriteBufferSize() === 0) this.#calls.now(() => this.#lose(null))
  }

  readonly #onMessage = (data: Uint8Array, from: RemoteInfo): void => {
    if (!this.#closing) this.#calls.now(deliver, this.#protocol, data, from)
  }

  readonly #onError = (error: Error): void => {
    if (this.#losing) return
    const translated = osErrorOf(error)
    if (translated instanceof OSError) {
      this.#calls.now(() => this.#protocol.errorReceived(translated))
      return
    }
    this.#calls.report('Fatal error on datagram transport', translated)
    this.#loseSoon(translated)
  }

  readonly #onClose = (): void => {
    if (!this.#losing) this.#loseSoon(null)
  }

  #loseSoon(error: Error | null): void {
    this.#closing = this.#losing = true
    this.#calls.soon(() => this.#lose(error))
  }

  #lose(error: Error | null): void {
    this.#losing = true
    try {
      this.#protocol.connectionLost(error)
    } finally {
      this._discard()
    }
  }

  get _activity(): HostActivity {
    return 'open'
  }

  _discard(): void {
    this.#closing = this.#losing = true
    resourcesOf(this.#loop).delete(this)
    this.#socket.close()
  }
}

function deliver(protocol: DatagramProtocol, data: Uint8Array, from: RemoteInfo): void {
  protocol.datagramReceived(data, [from.address, from.port])
}

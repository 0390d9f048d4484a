/**
 * A transport over a TCP or a Unix socket: `_SelectorSocketTransport` with the host in place of the selector.
 *
 * The host reads when bytes are there, and keeps what could not be written at once. Protocols are called from the
 * host's own callbacks, in the context in which the connection was asked for.
 */
import { OSError, RuntimeError } from '@asyncio-ts/core'
import { isInterruption, osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type {
  Address,
  BaseProtocol,
  Context,
  ExtraInfo,
  Future,
  HostActivity,
  Protocol,
  SocketAddress,
} from '@asyncio-ts/core'
import type { BaseEventLoop, Connections, ServedConnection } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import { FlowControl } from '../transports/flow-control.ts'
import type { WriteBufferLimits } from '../transports/flow-control.ts'
import { Transport } from '../transports/transports.ts'
import { LOST_WRITES_BEFORE_WARNING } from '../transports/constants.ts'
import { Incoming } from './incoming.ts'
import { SocketEvents } from './socket-events.ts'
import type { SocketListener } from './socket-events.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import { WriteCopies } from '../transports/write-copies.ts'

/** What a {@link SocketTransport} is made of. */
export interface SocketTransportParts {
  readonly loop: BaseEventLoop
  /** Those of the server that has accepted it; `null` for a client's. */
  readonly connections: Connections | null
  /** Connected, made with `allowHalfOpen`, and paused. */
  readonly socket: Socket
  readonly protocol: BaseProtocol
  /** The context that the protocol is called in. Nobody else may be in it. */
  readonly context: Context
  /** The addresses of a Unix socket: the host does not know them. */
  readonly names?: UnixNames | undefined
}

/** The paths that the ends of a Unix connection are bound to; empty for none. */
export interface UnixNames {
  readonly sockname: string
  readonly peername: string
}

const WRITE_AFTER_EOF = 'Cannot call write() after write_eof(): the other side has been told that nothing follows.'

export class SocketTransport extends Transport implements OpenResource, ServedConnection, SocketListener {
  readonly _loop: BaseEventLoop
  readonly _socket: Socket
  readonly _context: Context
  /** While a file is being sent, nobody else writes. */
  _sendingFile = false
  readonly #connections: Connections | null
  readonly #peername: SocketAddress | undefined
  readonly #sockname: SocketAddress | undefined
  readonly #flow: FlowControl
  readonly #incoming: Incoming
  readonly #events: SocketEvents
  readonly #copies = new WriteCopies()
  #begun = false
  #closing = false
  #readingPaused = false
  #ended = false
  #toldEof = false
  /** The other side was a transport of this loop, and what it has sent is on its way. */
  #peerHasEnded = false
  #eofWritten = false
  /** Above zero once connectionLost is scheduled; then it counts the writes that go nowhere. */
  #lossCount = 0

  constructor({ loop, connections, socket, protocol, context, names }: SocketTransportParts) {
    super()
    this._loop = loop
    this._socket = socket
    this._context = context
    this.#connections = connections
    this.#flow = new FlowControl(loop, this)
    this.#incoming = new Incoming(protocol, (error, method) => {
      this._fatalError(error, `Fatal error: protocol.${method}() call failed.`)
    })
    // Asked for at once: a socket that has been reset no longer knows.
    this.#peername = names?.peername ?? addressOf(socket.remoteAddress, socket.remotePort)
    this.#sockname = names?.sockname ?? addressOf(socket.localAddress, socket.localPort)
    connections?.attach(this)
    resourcesOf(loop).add(this)
    this.#events = new SocketEvents(this, socket)
  }

  override getExtraInfo<Name extends keyof ExtraInfo>(name: Name): ExtraInfo[Name] | undefined
  override getExtraInfo<Name extends keyof ExtraInfo, D>(name: Name, defaultValue: D): ExtraInfo[Name] | D
  override getExtraInfo(name: string, defaultValue?: unknown): unknown
  override getExtraInfo(name: string, defaultValue?: unknown): unknown {
    switch (name) {
      case 'socket':
        return this._socket
      case 'peername':
        return this.#peername ?? defaultValue
      case 'sockname':
        return this.#sockname ?? defaultValue
      default:
        return defaultValue
    }
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.#incoming.setProtocol(protocol)
  }

  override getProtocol(): BaseProtocol {
    return this.#incoming.protocol
  }

  override isClosing(): boolean {
    return this.#closing
  }

  override isReading(): boolean {
    return !this.#closing && !this.#readingPaused
  }

  override pauseReading(): void {
    if (!this.isReading()) return
    this.#readingPaused = true
    if (this.#begun) this._socket.pause()
  }

  override resumeReading(): void {
    if (this.#closing || !this.#readingPaused) return
    this.#readingPaused = false
    if (!this.#begun) return
    this._socket.resume()
    if (this.#ended && !this.#toldEof) this._loop.callSoon(() => this._receivedEof(), { context: this._context })
  }

  /** Whether the caller's bytes have to be copied before the host gets them. */
  _mustCopy(): boolean {
    return true
  }

  override write(data: Uint8Array | string): void {
    if (typeof data === 'string') this.#write(Buffer.from(data), false)
    else if (data instanceof Uint8Array) this.#write(data, this._mustCopy())
    else throw new TypeError(`data argument must be a Uint8Array or a string, not ${reprOf(data)}.`)
  }

  /** Sends the chunks as one: a system call each would cost more than to join them. */
  override writelines(chunks: Iterable<Uint8Array | string>): void {
    const parts = Array.from(chunks, (chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))
    this.#write(Buffer.concat(parts), false)
  }

  #write(data: Uint8Array, isCopied: boolean): void {
    if (this.#eofWritten) throw new RuntimeError(WRITE_AFTER_EOF)
    if (this._sendingFile) throw new RuntimeError('unable to write; sendfile is in progress')
    if (data.byteLength === 0) return
    if (this.#lossCount > 0) return this.#countLostWrite()
    const socket = this._socket
    const { onFlushed } = this.#events
    if (isCopied) this.#copies.write(socket, data, onFlushed)
    else socket.write(data, onFlushed)
    if (socket.writableLength > 0) this.#flow.grown()
  }

  #countLostWrite(): void {
    if (this.#lossCount >= LOST_WRITES_BEFORE_WARNING) console.warn('socket.send() raised exception.')
    this.#lossCount++
  }

  override writeEof(): void {
    if (this.#closing || this.#eofWritten) return
    this.#eofWritten = true
    this._socket.end()
  }

  override canWriteEof(): boolean {
    return true
  }

  override getWriteBufferSize(): number {
    return this._isLost ? 0 : this._socket.writableLength
  }

  override getWriteBufferLimits(): [low: number, high: number] {
    return this.#flow.limits
  }

  override setWriteBufferLimits(limits: WriteBufferLimits = {}): void {
    this.#flow.setLimits(limits)
  }

  /** Whether the protocol has been asked to pause writing. */
  get _isWritingPaused(): boolean {
    return this.#flow.isPaused
  }

  override close(): void {
    if (this.#closing) return
    this.#closing = true
    this._socket.pause()
    this._finish()
  }

  override abort(): void {
    this._forceClose(null)
  }

  /** Tells the protocol of the connection in the next turn, then begins to read, then resolves `made`. */
  _begin(made: Future<void> | null = null): void {
    this._loop.callSoon(() => this.#start(made), { context: this._context })
  }

  #start(made: Future<void> | null): void {
    try {
      this.getProtocol().connectionMade(this)
    } catch (error) {
      this._report('Exception in callback connectionMade()', error)
    }
    this._startReading()
    if (made !== null && !made.done()) made.setResult()
  }

  /** Begins to read, unless the protocol has asked for a pause meanwhile. */
  _startReading(): void {
    this.#begun = true
    if (this._socket.destroyed) this._forceClose(this._socket.errored === null ? null : osErrorOf(this._socket.errored))
    else if (this.isReading()) this._socket.resume()
  }

  /** Leaves the socket to somebody else: this transport hears of nothing any more. */
  _release(): void {
    this.#events.detach()
  }

  /** Ends without a word: another transport has taken the socket over. */
  _retire(): void {
    this.#closing = true
    this.#lossCount++
    this.#detach()
  }

  get _connections(): Connections | null {
    return this.#connections
  }

  #detach(): void {
    const resources = resourcesOf(this._loop)
    resources.delete(this)
    const peer = resources.isWatched ? this.#findPeer() : null
    if (peer !== null) peer.#peerHasEnded = true
    this.#connections?.detach(this)
  }

  /** Ends the connection once what was written is gone. */
  _finish(): void {
    if (this.#lossCount === 0 && this.getWriteBufferSize() === 0) this._lose(null)
  }

  /** Drops what has not been sent, and tells the protocol in the next turn. */
  _forceClose(error: Error | null): void {
    if (this.#lossCount > 0) return
    this.#closing = true
    this._socket.destroy()
    this._lose(error)
  }

  _lose(error: Error | null): void {
    this.#lossCount++
    if (this._loop.isClosed()) this._socket.destroy()
    else this._loop.callSoon(() => this.#end(error), { context: this._context })
  }

  get _isLost(): boolean {
    return this.#lossCount > 0
  }

  /** Tells the protocol that it is over. */
  #end(error: Error | null): void {
    try {
      this.getProtocol().connectionLost(error)
    } catch (failure) {
      this._report('Exception in callback connectionLost()', failure)
    } finally {
      this._socket.destroy()
      this.#detach()
    }
  }

  /** Bytes, or the end, that the other side has sent come by themselves as long as this side reads. */
  get _activity(): HostActivity {
    if (!this.isReading() || this.#ended) return 'open'
    const peer = this.#findPeer()
    if (peer === null) return this.#peerHasEnded ? 'busy' : 'open'
    const sent = peer._socket
    return sent.bytesWritten > this._socket.bytesRead || sent.writableEnded ? 'busy' : 'open'
  }

  /** The other side, where it is a transport of the same loop too. */
  #findPeer(): SocketTransport | null {
    // TLS sends more than it is given.
    if (typeof this.#peername !== 'object' || 'encrypted' in this._socket) return null
    for (const other of resourcesOf(this._loop)) {
      if (!(other instanceof SocketTransport) || other === this) continue
      if (isSame(other.#sockname, this.#peername) && isSame(other.#peername, this.#sockname)) return other
    }
    return null
  }

  _discard(): void {
    this._socket.destroy()
  }

  /** Reports an error that ends the connection: one of the system only in debug mode, as it is none of the program. */
  _fatalError(error: unknown, message: string): void {
    if (!(error instanceof OSError) || this._loop._debug) this._report(message, error)
    this._forceClose(error instanceof Error ? error : new OSError(String(error), { cause: error }))
  }

  _report(message: string, exception: unknown): void {
    if (isInterruption(exception)) this._loop._interrupt(exception)
    else this._loop.callExceptionHandler({ message, exception, transport: this, protocol: this.getProtocol() })
  }

  _received(data: Uint8Array): void {
    if (!this.#closing) this.#incoming.deliver(data)
  }

  _receivedInto(byteCount: number, buffer: Uint8Array): void {
    if (!this.#closing) this.#incoming.deliverFrom(byteCount, buffer)
  }

  get _wantsBuffer(): boolean {
    return this.#incoming.isBuffered && this.isReading()
  }

  _nextBuffer(): Uint8Array | null {
    return this.#incoming.arm()
  }

  _receivedEof(): void {
    this.#ended = true
    // The host tells of an end that no data comes before even while it is paused.
    if (this.#closing || this.#readingPaused || this.#toldEof) return
    this.#toldEof = true
    let isKeptOpen
    try {
      isKeptOpen = (this.getProtocol() as Protocol).eofReceived()
    } catch (error) {
      this._fatalError(error, 'Fatal error: protocol.eofReceived() call failed.')
      return
    }
    if (!this._keepsOpen(isKeptOpen)) this.close()
  }

  /** Whether a protocol that asks for it may go on writing after the other side has ended. */
  _keepsOpen(isAskedFor: boolean | void): boolean {
    return isAskedFor === true
  }

  get _awaitsFlush(): boolean {
    return this.#lossCount === 0 && (this.#closing || this.#flow.isPaused || this.#copies.areKept)
  }

  _flushed(): void {
    if (this.getWriteBufferSize() === 0) this.#copies.allSent()
    this.#flow.shrunk()
    if (this.#closing) this._finish()
  }

  _failed(error: Error): void {
    if (this.#lossCount === 0) this._fatalError(osErrorOf(error), 'Fatal error on transport')
  }

  _closed(): void {
    // A socket that has ended in both directions closes itself, while a transport waits to be closed.
    const isOnlyEnded = this.#ended && this.#eofWritten && !this.#closing
    if (this.#lossCount === 0 && !isOnlyEnded) this._forceClose(null)
  }
}

function addressOf(host: string | undefined, port: number | undefined): Address | undefined {
  return host === undefined || port === undefined ? undefined : [host, port]
}

function isSame(one: SocketAddress | undefined, other: SocketAddress | undefined): boolean {
  return one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1]
}

import { copyContext, OSError, RuntimeError, ValueError } from '@asyncio-ts/core'
import { isInterruption, reprOf } from '@asyncio-ts/core/primitives'
import type { BaseProtocol, BufferedProtocol, Context, Protocol, StreamProtocol } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { Transport } from '@asyncio-ts/loop'
import { ByteQueue } from './byte-queue.ts'
import type { Wire, WireEnd } from './wire.ts'

/** The write buffer above which a protocol is asked to pause. */
const HIGH_WATER_BYTES = 64 * 1024
/** How much is read at once. */
const READ_BYTES = 256 * 1024
const ENCODER = new TextEncoder()

/** What a {@link MemoryTransport} is made of. */
export interface MemoryTransportParts {
  readonly loop: KernelLoop
  readonly protocol: StreamProtocol
  readonly outgoing: Wire
  readonly incoming: Wire
  readonly extra: Readonly<Record<string, unknown>>
  readonly context?: Context | undefined
}

/** A connection in memory, seen from one end: it does what asyncio's socket transport does. */
export class MemoryTransport extends Transport implements WireEnd {
  // Invariant MEMORY-1: bytes in the write buffer ⇒ the wire has no room, or this end is gone.
  // Invariant MEMORY-2: bytes received, reading and not closing ⇒ a delivery is scheduled.
  readonly #loop: KernelLoop
  readonly #context: Context
  readonly #outgoing: Wire
  readonly #incoming: Wire
  readonly #unsent = new ByteQueue()
  readonly #unread = new ByteQueue()
  #protocol: BaseProtocol
  #low = HIGH_WATER_BYTES / 4
  #high = HIGH_WATER_BYTES
  #writingPaused = false
  #readingPaused = false
  #begun = false
  #scheduled = false
  #flushing = false
  #eofWritten = false
  #eofArrived = false
  #closing = false
  #lost = false
  /** Told when the connection has ended. */
  onLost: (() => void) | null = null

  constructor(parts: MemoryTransportParts) {
    super(parts.extra)
    this.#loop = parts.loop
    this.#context = parts.context ?? copyContext()
    this.#protocol = parts.protocol
    this.#outgoing = parts.outgoing
    this.#incoming = parts.incoming
    parts.outgoing.onRoom = () => this.#noteRoom()
  }

  /** Tells the protocol of its transport in the next turn, and reads from then on. */
  _begin(made?: () => void): void {
    const connectionMade = (): void => {
      this.#guard('connection_made', () => this.#protocol.connectionMade(this))
      this.#begun = true
      this.#read()
      made?.()
    }
    this.#soon(connectionMade)
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.#protocol = protocol
  }

  override getProtocol(): BaseProtocol {
    return this.#protocol
  }

  override isClosing(): boolean {
    return this.#closing
  }

  override isReading(): boolean {
    return !this.#closing && !this.#readingPaused
  }

  override pauseReading(): void {
    if (this.isReading()) this.#readingPaused = true
  }

  override resumeReading(): void {
    if (this.#closing || !this.#readingPaused) return
    this.#readingPaused = false
    this.#read()
  }

  override write(data: Uint8Array | string): void {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
      throw new TypeError(`data argument must be a Uint8Array or a string, not ${reprOf(data)}.`)
    }
    if (this.#eofWritten) throw new RuntimeError('Cannot call write() after write_eof()')
    if (this.#lost || data.length === 0) return
    // A copy, as the caller may change its bytes before they are read.
    this.#unsent.push(typeof data === 'string' ? ENCODER.encode(data) : data.slice())
    if (!this.#flushing) this.#send()
    if (this.#unsent.size > this.#high) this.#pauseWriting()
  }

  override writeEof(): void {
    if (this.#closing || this.#eofWritten) return
    this.#eofWritten = true
    this.#finish()
  }

  override canWriteEof(): boolean {
    return true
  }

  override getWriteBufferSize(): number {
    return this.#unsent.size
  }

  override getWriteBufferLimits(): [low: number, high: number] {
    return [this.#low, this.#high]
  }

  override setWriteBufferLimits(limits: { high?: number | undefined; low?: number | undefined } = {}): void {
    const high = limits.high ?? (limits.low === undefined ? HIGH_WATER_BYTES : 4 * limits.low)
    const low = limits.low ?? Math.floor(high / 4)
    if (!(high >= low && low >= 0)) throw new ValueError(`high (${high}) must be >= low (${low}) must be >= 0`)
    this.#high = high
    this.#low = low
    if (this.#unsent.size > high) this.#pauseWriting()
  }

  /** Ends the connection once what was written is gone. Nothing more is read. */
  override close(): void {
    if (this.#closing) return
    this.#closing = true
    this.#dropUnread()
    this.#finish()
  }

  override abort(): void {
    this.#forceClose(null)
  }

  get _isGone(): boolean {
    return this.#lost
  }

  _arrive(chunk: Uint8Array): void {
    this.#unread.push(chunk)
    if (this.#closing) this.#dropUnread()
    else this.#read()
  }

  _arriveEof(): void {
    this.#eofArrived = true
    this.#read()
  }

  _reset(error: Error): void {
    this.#forceClose(error)
  }

  /** Schedules a delivery, if there is something to deliver and the protocol is reading. */
  #read(): void {
    if (this.#scheduled || !this.#begun || !this.isReading()) return
    if (this.#unread.size === 0 && !this.#eofArrived) return
    this.#scheduled = true
    const read = (): void => {
      this.#scheduled = false
      if (this.isReading()) this.#deliver()
    }
    this.#soon(read)
  }

  #deliver(): void {
    if (this.#unread.size === 0) {
      this.#eofArrived = false
      const isKeptOpen = this.#guard('eof_received', () => (this.#protocol as Protocol).eofReceived())
      if (isKeptOpen !== true) this.close()
      return
    }
    const data = this.#unread.take(this.#incoming.chunk(Math.min(this.#unread.size, READ_BYTES)))
    this.#incoming.release(data.byteLength)
    const protocol = this.#protocol as Partial<BufferedProtocol & Protocol>
    if (protocol.getBuffer === undefined) this.#guard('data_received', () => protocol.dataReceived!(data))
    else this.#guard('buffer_updated', () => feed(protocol as BufferedProtocol, data))
    this.#read()
  }

  /** The wire takes bytes again: they go on in a turn of their own, in which the protocol may hear of it. */
  #noteRoom(): void {
    if (this.#unsent.size === 0 || this.#flushing) return
    this.#flushing = true
    const flush = (): void => {
      this.#flushing = false
      this.#send()
      if (this.#writingPaused && this.#unsent.size <= this.#low && !this.#lost) {
        this.#writingPaused = false
        this.#guard('resume_writing', () => this.#protocol.resumeWriting(), false)
      }
      this.#finish()
    }
    this.#soon(flush)
  }

  /** Sends as much as there is room for. */
  #send(): void {
    while (this.#unsent.size > 0 && this.#outgoing.roomBytes > 0) {
      this.#outgoing.send(this.#unsent.take(this.#outgoing.roomBytes))
    }
  }

  /** Ends what has to be ended once all is sent. */
  #finish(): void {
    if (this.#unsent.size > 0) return
    if (this.#closing) this.#lose(null)
    else if (this.#eofWritten) this.#outgoing.end()
  }

  #pauseWriting(): void {
    if (this.#writingPaused) return
    this.#writingPaused = true
    this.#guard('pause_writing', () => this.#protocol.pauseWriting(), false)
  }

  #forceClose(error: Error | null): void {
    if (this.#lost) return
    this.#closing = true
    this.#dropUnread()
    this.#unsent.clear()
    this.#lose(error)
  }

  #lose(error: Error | null): void {
    if (this.#lost) return
    this.#lost = true
    this.#outgoing.end()
    const connectionLost = (): void => {
      this.#guard('connection_lost', () => this.#protocol.connectionLost(error), false)
      this.onLost?.()
    }
    this.#soon(connectionLost)
  }

  #dropUnread(): void {
    const bytes = this.#unread.size
    this.#unread.clear()
    if (bytes > 0) this.#incoming.release(bytes)
  }

  /** The names of callbacks appear in the traces of schedules. */
  #soon(callback: () => void): void {
    this.#loop.callSoon(callback, { context: this.#context })
  }

  /** Calls the protocol; what it throws is reported, and ends the connection when the call was essential. */
  #guard<T>(name: string, call: () => T, isFatal = true): T | undefined {
    try {
      return call()
    } catch (exception) {
      if (isInterruption(exception)) this.#loop._interrupt(exception)
      else {
        const message = `${isFatal ? 'Fatal error: ' : ''}protocol.${name}() call failed.`
        this.#loop.callExceptionHandler({ message, exception, transport: this, protocol: this.#protocol })
      }
      if (isFatal) this.#forceClose(exception instanceof Error ? exception : new OSError(String(exception)))
      return undefined
    }
  }

  override toString(): string {
    return `<MemoryTransport${this.#closing ? ' closing' : ''} unsent=${this.#unsent.size} unread=${this.#unread.size}>`
  }
}

/** @throws RuntimeError when the protocol has no room at all */
function feed(protocol: BufferedProtocol, data: Uint8Array): void {
  for (let offset = 0; offset < data.byteLength;) {
    const buffer = protocol.getBuffer(data.byteLength - offset)
    if (buffer.byteLength === 0) throw new RuntimeError('get_buffer() returned an empty buffer: it has to have room.')
    const part = data.subarray(offset, offset + buffer.byteLength)
    buffer.set(part)
    protocol.bufferUpdated(part.byteLength)
    offset += part.byteLength
  }
}

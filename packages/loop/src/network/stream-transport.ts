/**
 * A transport over a stream of the host: what sockets, TLS and pipes have in common.
 *
 * It is `_SelectorSocketTransport` with the host in place of the selector: the host reads when bytes are there, and
 * keeps what could not be written at once. Protocols are called from the host's own callbacks, in the context in which
 * the connection was asked for.
 */
import { KeyboardInterrupt, OSError, osErrorOf, reprOf, RuntimeError, ValueError } from '@asyncio-ts/core'
import type { BaseEventLoop, BaseProtocol, BufferedProtocol, Context, Future, Protocol } from '@asyncio-ts/core'
import type { Readable, Writable } from 'node:stream'
import { Transport } from '../transports.ts'
import { HIGH_WATER_BYTES, LOST_WRITES_BEFORE_WARNING } from './constants.ts'
import { feedBuffered } from './feed-buffered.ts'
import { copyOf, copyTaken } from './write-copy.ts'

/** What has a say in how long the transport lives: its server, or its loop. */
export interface TransportOwner {
  _attach(transport: StreamTransport): void
  _detach(transport: StreamTransport): void
}

/** What a {@link StreamTransport} is made of. */
export interface StreamTransportParts {
  readonly loop: BaseEventLoop
  /** The same object twice for a duplex stream; `null` for the half that does not exist. */
  readonly readable: Readable | null
  readonly writable: Writable | null
  readonly protocol: BaseProtocol
  /** The context that the protocol is called in. Nobody else may be in it. */
  readonly context: Context
  readonly owner?: TransportOwner | null
}

const WRITE_AFTER_EOF = 'Cannot call write() after write_eof(): the other side has been told that nothing follows.'

export class StreamTransport extends Transport {
  readonly _loop: BaseEventLoop
  readonly _context: Context
  readonly _readable: Readable | null
  readonly _writable: Writable | null
  readonly #owner: TransportOwner | null
  #protocol: BaseProtocol
  #isBuffered = false
  #begun = false
  #closing = false
  #readingPaused = false
  #ended = false
  #eofWritten = false
  #writingPaused = false
  #high = HIGH_WATER_BYTES
  #low = HIGH_WATER_BYTES / 4
  /** Above zero once connectionLost is scheduled; then it counts the writes that go nowhere. */
  #lossCount = 0

  constructor(parts: StreamTransportParts) {
    super()
    this._loop = parts.loop
    this._context = parts.context
    this._readable = parts.readable
    this._writable = parts.writable
    this.#owner = parts.owner ?? null
    this.#protocol = parts.protocol
    this.setProtocol(parts.protocol)
    this.#owner?._attach(this)
    this._listen()
  }

  /** Tells the protocol of the connection in the next turn, then begins to read, then resolves `made`. */
  _begin(made: Future<void> | null = null): void {
    this._loop.callSoon(begin, this, made, { context: this._context })
  }

  _start(made: Future<void> | null): void {
    try {
      this.#protocol.connectionMade(this)
    } catch (error) {
      this._report('Exception in callback connectionMade()', error)
    }
    this._resumeFirst()
    if (made !== null && !made.done()) made.setResult()
  }

  /** Begins to read, unless the protocol has asked for a pause meanwhile. */
  _resumeFirst(): void {
    this.#begun = true
    if (!this.#closing && !this.#readingPaused) this._readable?.resume()
  }

  _listen(): void {
    const { _readable: readable, _writable: writable } = this
    readable?.on('data', this.#onData)
    readable?.pause()
    readable?.on('end', this.#onEnd)
    for (const stream of new Set([readable, writable])) {
      stream?.on('error', this.#onError)
      stream?.on('close', this.#onClose)
    }
  }

  /** Leaves the streams to somebody else: this transport hears of nothing any more. */
  _unlisten(): void {
    for (const stream of new Set([this._readable, this._writable])) {
      stream?.off('data', this.#onData).off('end', this.#onEnd)
      stream?.off('error', this.#onError).off('close', this.#onClose)
    }
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.#protocol = protocol
    this.#isBuffered = typeof (protocol as Partial<BufferedProtocol>).getBuffer === 'function'
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
    if (!this.isReading()) return
    this.#readingPaused = true
    if (this.#begun) this._readable?.pause()
  }

  override resumeReading(): void {
    if (this.#closing || !this.#readingPaused) return
    this.#readingPaused = false
    if (this.#begun) this._readable?.resume()
  }

  /** Whether the caller's bytes have to be copied before they are handed to the host. */
  _mustCopy(_writable: Writable): boolean {
    return true
  }

  override write(data: Uint8Array | string): void {
    const isText = typeof data === 'string'
    if (!isText && !ArrayBuffer.isView(data)) {
      throw new TypeError(`data argument must be a Uint8Array or a string, not ${reprOf(data)}.`)
    }
    if (this.#eofWritten) throw new RuntimeError(WRITE_AFTER_EOF)
    if (data.length === 0) return
    if (this.#lossCount > 0) return this.#countLostWrite()
    const writable = this._writable!
    const isCopied = !isText && this._mustCopy(writable)
    const chunk = isText ? Buffer.from(data) : isCopied ? copyOf(data) : data
    writable.write(chunk, this.#onFlushed)
    const pendingBytes = writable.writableLength
    if (pendingBytes > 0) {
      if (pendingBytes > this.#high) this.#pauseWriting()
    } else if (isCopied) copyTaken(chunk)
  }

  #countLostWrite(): void {
    if (this.#lossCount >= LOST_WRITES_BEFORE_WARNING) console.warn('socket.send() raised exception.')
    this.#lossCount++
  }

  override writeEof(): void {
    if (this.#closing || this.#eofWritten) return
    this.#eofWritten = true
    this._writable!.end()
  }

  override canWriteEof(): boolean {
    return true
  }

  override getWriteBufferSize(): number {
    return this._writable?.writableLength ?? 0
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
    if (this.getWriteBufferSize() > high) this.#pauseWriting()
  }

  #pauseWriting(): void {
    if (this.#writingPaused) return
    this.#writingPaused = true
    try {
      this.#protocol.pauseWriting()
    } catch (error) {
      this._report('protocol.pause_writing() failed', error)
    }
  }

  _resumeWriting(): void {
    this.#writingPaused = false
    try {
      this.#protocol.resumeWriting()
    } catch (error) {
      this._report('protocol.resume_writing() failed', error)
    }
  }

  override close(): void {
    if (this.#closing) return
    this.#closing = true
    this._readable?.pause()
    this._finish()
  }

  /** Ends the connection once what was written is gone. */
  _finish(): void {
    if (this.#lossCount === 0 && this.getWriteBufferSize() === 0) this._lose(null)
  }

  override abort(): void {
    this._forceClose(null)
  }

  /** Drops what has not been sent, and tells the protocol in the next turn. */
  _forceClose(error: Error | null): void {
    if (this.#lossCount > 0) return
    this.#closing = true
    this._destroy()
    this._lose(error)
  }

  _lose(error: Error | null): void {
    this.#lossCount++
    if (this._loop.isClosed()) this._destroy()
    else this._loop.callSoon(lose, this, error, { context: this._context })
  }

  get _isLost(): boolean {
    return this.#lossCount > 0
  }

  /** Tells the protocol that it is over. */
  _end(error: Error | null): void {
    try {
      this.#protocol.connectionLost(error)
    } catch (failure) {
      this._report('Exception in callback connectionLost()', failure)
    } finally {
      this._destroy()
      this.#owner?._detach(this)
    }
  }

  _destroy(): void {
    this._readable?.destroy()
    this._writable?.destroy()
  }

  /** Reports an error that ends the connection: one of the system only in debug mode, as it is none of the program. */
  _fatalError(error: unknown, message: string): void {
    if (!(error instanceof OSError) || this._loop._debug) this._report(message, error)
    this._forceClose(error instanceof Error ? error : new OSError(String(error), { cause: error }))
  }

  _report(message: string, exception: unknown): void {
    if (exception instanceof KeyboardInterrupt) this._loop._interrupt(exception)
    else this._loop.callExceptionHandler({ message, exception, transport: this, protocol: this.#protocol })
  }

  _deliver(data: Uint8Array): void {
    if (this.#closing) return
    const name = this.#isBuffered ? 'buffer_updated' : 'data_received'
    try {
      if (this.#isBuffered) feedBuffered(this.#protocol as BufferedProtocol, data)
      else (this.#protocol as Protocol).dataReceived(data)
    } catch (error) {
      this._fatalError(error, `Fatal error: protocol.${name}() call failed.`)
    }
  }

  _receiveEof(): void {
    this.#ended = true
    if (this.#closing) return
    let isKeptOpen
    try {
      isKeptOpen = (this.#protocol as Protocol).eofReceived()
    } catch (error) {
      this._fatalError(error, 'Fatal error: protocol.eof_received() call failed.')
      return
    }
    if (!this._keepsOpen(isKeptOpen)) this.close()
  }

  /** Whether a protocol that asks for it may go on writing after the other side has ended. */
  _keepsOpen(isAskedFor: boolean | undefined): boolean {
    return isAskedFor === true
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this._context.run(deliver, this, chunk)
  }

  readonly #onEnd = (): void => {
    this._context.run(receiveEof, this)
  }

  readonly #onError = (error: Error): void => {
    if (this.#lossCount === 0) this._context.run(fail, this, error)
  }

  readonly #onFlushed = (): void => {
    if (this.#lossCount > 0) return
    if (this.#writingPaused && this.getWriteBufferSize() <= this.#low) this._context.run(resumeWriting, this)
    if (this.#closing) this._finish()
  }

  readonly #onClose = (): void => {
    if (this.#lossCount > 0) return
    // A stream that has ended in both directions closes itself, while a transport waits to be closed.
    if (this.#ended && this.#eofWritten && !this.#closing) return
    this._forceClose(null)
  }
}

/** Functions, as one made for each chunk would cost more than the call. */
function begin(transport: StreamTransport, made: Future<void> | null): void {
  transport._start(made)
}

function deliver(transport: StreamTransport, data: Uint8Array): void {
  transport._deliver(data)
}

function receiveEof(transport: StreamTransport): void {
  transport._receiveEof()
}

function resumeWriting(transport: StreamTransport): void {
  transport._resumeWriting()
}

function fail(transport: StreamTransport, error: Error): void {
  transport._fatalError(osErrorOf(error), 'Fatal error on transport')
}

function lose(transport: StreamTransport, error: Error | null): void {
  transport._end(error)
}

import { BrokenPipeError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { BaseProtocol, HostActivity } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Writable } from 'node:stream'
import { builtin } from '../builtin.ts'
import { LOST_WRITES_BEFORE_WARNING } from '../transports/constants.ts'
import { WriteCopies } from '../transports/write-copies.ts'
import { WriteTransport } from '../transports/transports.ts'
import { checkBytes } from '../transports/check-bytes.ts'
import { FlowControl } from '../transports/flow-control.ts'
import type { WriteBufferLimits } from '../transports/flow-control.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import type { PipeParts } from './pipe-parts.ts'
import { ProtocolCalls } from '../transports/protocol-calls.ts'
import { isStandardStream } from './standard-stream.ts'

/**
 * Writes a pipe: any writable stream of the host.
 *
 * `write` never waits, and the caller may reuse its bytes as soon as it returns. connectionLost is called exactly once:
 * with `null` after a close, an abort or a reader that went away while nothing was left to write; with the error
 * otherwise.
 *
 * @remarks
 * **Differences from CPython** A chunk counts towards the limits as a whole until all of it is written. A reader of a
 * pipe that goes away is noticed at the next write, as the host does not watch the writing end of a pipe; that of a
 * socket given by its descriptor is noticed at once.
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_write_pipe
 */
export class WritePipeTransport extends WriteTransport implements OpenResource {
  readonly #loop: BaseEventLoop
  readonly #stream: Writable
  readonly #isSocket: boolean
  readonly #calls: ProtocolCalls
  readonly #flow: FlowControl
  readonly #copies = new WriteCopies()
  #protocol: BaseProtocol
  #closing = false
  /** Nothing more is written; connectionLost has been called or is scheduled. */
  #losing = false
  /** The stream was closed by somebody else before everything was written. */
  #dropped = false
  #lostWrites = 0

  constructor(parts: PipeParts<Writable, BaseProtocol>) {
    const { loop, stream, protocol, waiter } = parts
    super({ pipe: parts.pipe ?? stream })
    this.#loop = loop
    this.#stream = stream
    this.#isSocket = stream instanceof builtin('node:net').Socket
    this.#protocol = protocol
    this.#calls = new ProtocolCalls(loop, this)
    this.#flow = new FlowControl(loop, this)
    resourcesOf(loop).add(this)
    stream.on('finish', this.#onFinish).on('error', this.#onError).on('close', this.#onClose)
    this.#calls.soon(() => this.#protocol.connectionMade(this))
    this.#calls.soon(() => this.#start())
    if (waiter !== undefined) this.#calls.soon(() => void (waiter.done() || waiter.setResult()))
  }

  override write(data: Uint8Array | string): void {
    checkBytes(data)
    if (data.length === 0) return
    if (this.#closing) this.#noteLostWrite()
    else this.#hand(data)
  }

  /** Memory that the system has taken at once serves the next write; other streams may keep what they are given. */
  #hand(data: Uint8Array | string): void {
    if (typeof data === 'string') this.#stream.write(Buffer.from(data), this.#onWritten)
    else if (this.#isSocket) this.#copies.write(this.#stream, data, this.#onWritten)
    else this.#stream.write(Buffer.from(data), this.#onWritten)
    if (this.#stream.writableLength > 0) this.#flow.grown()
  }

  /** The same as {@link close}: a pipe has one direction. */
  override writeEof(): void {
    this.close()
  }

  override canWriteEof(): boolean {
    return true
  }

  /** Writes what waits, then closes the pipe and calls connectionLost. */
  override close(): void {
    if (this.#closing) return
    this.#closing = true
    const isEmpty = this.getWriteBufferSize() === 0
    endStream(this.#stream)
    if (isEmpty) this.#loseSoon(null)
  }

  /** Drops what waits; connectionLost follows in the next turn. */
  override abort(): void {
    if (!this.#losing) this.#breakOff(null)
  }

  override isClosing(): boolean {
    return this.#closing
  }

  override getWriteBufferSize(): number {
    return this.#losing ? 0 : this.#stream.writableLength
  }

  override getWriteBufferLimits(): [low: number, high: number] {
    return this.#flow.limits
  }

  override setWriteBufferLimits(limits: WriteBufferLimits = {}): void {
    this.#flow.setLimits(limits)
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.#protocol = protocol
  }

  override getProtocol(): BaseProtocol {
    return this.#protocol
  }

  #start(): void {
    if (!this.#closing && this.#stream.destroyed) this.#loseSoon(this.#stream.errored)
  }

  readonly #onWritten = (error?: Error | null): void => {
    if (this.#losing) return
    if (!error && this.#copies.areKept && this.#stream.writableLength === 0) this.#copies.allSent()
    if (error) this.#dropped = true
    else if (this.#flow.isPaused) this.#calls.now(() => this.#flow.shrunk())
  }

  readonly #onFinish = (): void => {
    if (this.#losing) return
    if (this.#closing) this.#calls.now(() => this.#lose(null))
    else this.#loseSoon(null)
  }

  readonly #onError = (error: Error): void => {
    if (this.#losing) return
    const translated = osErrorOf(error)
    if (translated === error || this.#loop.getDebug()) {
      this.#calls.report('Fatal write error on pipe transport', translated)
    }
    this.#breakOff(translated)
  }

  readonly #onClose = (): void => {
    if (this.#losing) return
    this.#loseSoon(this.#dropped ? new BrokenPipeError('The reader has closed the pipe.') : null)
  }

  #breakOff(error: Error | null): void {
    this.#loseSoon(error)
    this.#stream.destroy()
  }

  #loseSoon(error: Error | null): void {
    this.#closing = this.#losing = true
    this.#calls.soon(() => this.#tellLost(error))
  }

  #lose(error: Error | null): void {
    this.#losing = true
    this.#tellLost(error)
  }

  #tellLost(error: Error | null): void {
    try {
      this.#protocol.connectionLost(error)
    } finally {
      resourcesOf(this.#loop).delete(this)
    }
  }

  #noteLostWrite(): void {
    if (this.#lostWrites >= LOST_WRITES_BEFORE_WARNING) {
      console.warn('pipe closed by peer or os.write(pipe, data) raised exception.')
    }
    this.#lostWrites++
  }

  /** The loop has closed: nobody is told, and the host is not kept alive. */
  /** Nothing comes out of a pipe that is written to, once everything has been written. */
  get _activity(): HostActivity {
    return this.#closing || this.#stream.writableLength > 0 ? 'open' : 'none'
  }

  _discard(): void {
    this.#closing = this.#losing = true
    const stream = this.#stream
    if (!isStandardStream(stream)) stream.destroy()
    else stream.off('finish', this.#onFinish).off('error', this.#onError).off('close', this.#onClose)
  }
}

/** Ends a stream and, where it is a socket, also the half that nobody reads. */
function endStream(stream: Writable & { destroySoon?: () => void }): void {
  if (typeof stream.destroySoon === 'function') stream.destroySoon()
  else stream.end()
}

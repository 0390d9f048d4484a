import { OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { BaseProtocol, HostActivity, Protocol } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Readable } from 'node:stream'
import { ReadTransport } from '../transports/transports.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import type { PipeParts } from './pipe-parts.ts'
import { ProtocolCalls } from '../transports/protocol-calls.ts'
import { isStandardStream } from './standard-stream.ts'

/**
 * Reads a pipe: any readable stream of the host.
 *
 * The protocol hears connectionMade, dataReceived any number of times, eofReceived unless the transport is closed
 * before, and connectionLost exactly once. While reading is paused it hears nothing, not even of the end.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.connect_read_pipe
 */
export class ReadPipeTransport extends ReadTransport implements OpenResource {
  readonly #stream: Readable
  readonly #calls: ProtocolCalls
  readonly #loop: BaseEventLoop
  #protocol: Protocol
  #started = false
  #paused = false
  #closing = false
  /** What the stream ended with, until it can be told. */
  #end: { error: Error | null; atEof: boolean } | null = null
  #lost = false

  constructor(parts: PipeParts<Readable, Protocol>) {
    const { loop, stream, protocol, waiter } = parts
    super({ pipe: parts.pipe ?? stream })
    this.#loop = loop
    this.#stream = stream
    this.#protocol = protocol
    this.#calls = new ProtocolCalls(loop, this)
    resourcesOf(loop).add(this)
    stream.pause().on('data', this.#onData)
    stream.on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose)
    this.#calls.soon(() => this.#protocol.connectionMade(this))
    this.#calls.soon(() => this.#start())
    if (waiter !== undefined) this.#calls.soon(() => void (waiter.done() || waiter.setResult()))
  }

  override isReading(): boolean {
    return !this.#paused && !this.#closing
  }

  override pauseReading(): void {
    if (!this.isReading()) return
    this.#paused = true
    if (this.#started) this.#stream.pause()
  }

  override resumeReading(): void {
    if (this.#closing || !this.#paused) return
    this.#paused = false
    if (this.#started) this.#read()
  }

  override isClosing(): boolean {
    return this.#closing
  }

  /** Stops reading; connectionLost follows in the next turn. */
  override close(): void {
    if (!this.#closing) this.#loseSoon(null)
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.#protocol = protocol as Protocol
  }

  override getProtocol(): Protocol {
    return this.#protocol
  }

  #start(): void {
    if (this.#closing) return
    this.#started = true
    if (this.#stream.readableEnded) this.#end ??= { error: null, atEof: true }
    else if (this.#stream.destroyed) this.#end ??= { error: this.#stream.errored, atEof: false }
    if (!this.#paused) this.#read()
  }

  /** Lets bytes come, or tells of the end where it has come while nobody could be told. */
  #read(): void {
    if (this.#end === null) this.#stream.resume()
    else this.#calls.soon(() => this.#tellEnd())
  }

  readonly #onData = (chunk: Uint8Array): void => {
    if (this.#closing) return
    if (this.#paused || !this.#started) {
      // A host resumes the pipes of a child that has ended, whoever has paused them.
      this.#stream.pause()
      this.#stream.unshift(chunk)
      return
    }
    this.#calls.now(deliver, this.#protocol, chunk)
  }

  readonly #onEnd = (): void => this.#ended({ error: null, atEof: true })

  readonly #onError = (error: Error): void => this.#ended({ error: osErrorOf(error), atEof: false })

  readonly #onClose = (): void => this.#ended({ error: null, atEof: false })

  #ended(end: { error: Error | null; atEof: boolean }): void {
    if (this.#closing) return
    this.#end ??= end
    if (this.#started && !this.#paused) this.#calls.now(() => this.#tellEnd())
  }

  #tellEnd(): void {
    if (this.#closing || this.#paused || this.#end === null) return
    const { error, atEof } = this.#end
    if (error !== null) this.#reportFatal(error)
    this.#closing = true
    if (atEof) this.#calls.soon(() => void this.#protocol.eofReceived())
    this.#loseSoon(error)
  }

  /** The other side of a terminal that hangs up is nothing to report. */
  #reportFatal(error: Error): void {
    const isExpected = error instanceof OSError && error.code === 'EIO'
    if (!isExpected || this.#loop.getDebug()) this.#calls.report('Fatal read error on pipe transport', error)
  }

  #loseSoon(error: Error | null): void {
    this.#closing = true
    this.#stream.pause()
    this.#calls.soon(() => this.#lose(error))
  }

  #lose(error: Error | null): void {
    if (this.#lost) return
    this.#lost = true
    try {
      this.#protocol.connectionLost(error)
    } finally {
      resourcesOf(this.#loop).delete(this)
      this.#stream.off('data', this.#onData).destroy()
    }
  }

  /** The loop has closed: nobody is told, and the host is not kept alive. */
  get _activity(): HostActivity {
    return 'open'
  }

  _discard(): void {
    this.#closing = this.#lost = true
    const stream = this.#stream.off('data', this.#onData)
    if (!isStandardStream(stream)) stream.destroy()
    else stream.pause().off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose)
  }
}

function deliver(protocol: Protocol, chunk: Uint8Array): void {
  protocol.dataReceived(chunk)
}

import { coroutine, getRunningLoop, isCancelled } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type {
  Coroutine,
  CoroutineObject,
  EventLoop,
  ExtraInfo,
  NetworkLoop,
  Ssl,
  Steps,
  TlsLimits,
  Transport,
} from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import type { Writable } from 'node:stream'
import { Drain } from './flow-control-protocol.ts'
import type { FlowControlProtocol } from './flow-control-protocol.ts'
import { nodeWritableOf } from './node-streams.ts'
import type { StreamReader } from './stream-reader.ts'
import { forgetUnclosed, watchUnclosed } from './unclosed.ts'
import { webWritableOf } from './web-streams.ts'

/** What a writer needs of the protocol of its connection, where that is one of streams. */
interface ConnectionProtocol extends FlowControlProtocol {
  readonly _isServer?: boolean
  _replaceTransport?(transport: Transport): void
  _waitClosed?(): CoroutineObject<void>
}

/** Options of {@link StreamWriter.startTls}. */
export interface StartTlsOptions extends TlsLimits {
  /** The name the peer's certificate is checked against; needed on the client's side. */
  serverHostname?: string | undefined
}

/**
 * Bytes on their way to somewhere.
 *
 * {@link write} never waits. Follow it by {@link drain}, which waits while the other side is slower than you.
 *
 * @remarks
 * **Differences from CPython** A writer is async-disposable: `await using` closes it and waits for that. Text is taken
 * where bytes are, as UTF-8.
 * @see https://docs.python.org/3/library/asyncio-stream.html#streamwriter
 */
export class StreamWriter implements AsyncDisposable {
  readonly #loop: KernelLoop
  readonly #protocol: ConnectionProtocol
  readonly #reader: StreamReader | null
  #transport: Transport

  constructor(
    transport: Transport,
    protocol: FlowControlProtocol,
    reader: StreamReader | null,
    options: { loop?: EventLoop | undefined } = {},
  ) {
    if (typeof (protocol as Partial<FlowControlProtocol> | null)?._waitUntilDrained !== 'function') {
      throw new TypeError(`The protocol of a StreamWriter is a StreamReaderProtocol, got ${reprOf(protocol)}.`)
    }
    this.#transport = transport
    this.#protocol = protocol as ConnectionProtocol
    this.#reader = reader
    this.#loop = (options.loop as KernelLoop | undefined) ?? getRunningLoop()
    watchUnclosed(this, transport, this.#loop)
  }

  get _loop(): KernelLoop {
    return this.#loop
  }

  /** The transport underneath. */
  get transport(): Transport {
    return this.#transport
  }

  /**
   * Sends bytes, or buffers those that cannot be sent at once. The caller may reuse the array afterwards.
   *
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamWriter.write
   */
  write(data: Uint8Array | string): void {
    this.#transport.write(data)
  }

  /** Sends several pieces, as one call of {@link write}. */
  writelines(data: Iterable<Uint8Array | string>): void {
    this.#transport.writelines(data)
  }

  /** Says that nothing follows, after what is buffered. The connection can still be read from. */
  writeEof(): void {
    this.#transport.writeEof()
  }

  canWriteEof(): boolean {
    return this.#transport.canWriteEof()
  }

  /**
   * Closes the connection once what is buffered has been sent. {@link waitClosed} waits for it.
   *
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamWriter.close
   */
  close(): void {
    forgetUnclosed(this)
    this.#transport.close()
  }

  isClosing(): boolean {
    return this.#transport.isClosing()
  }

  /**
   * Waits until the connection is closed.
   *
   * @throws the error that the connection ended with
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamWriter.wait_closed
   */
  waitClosed(): CoroutineObject<void> {
    return this.#protocol._waitClosed?.() ?? nothing()
  }

  /**
   * Tells about the connection: `'peername'`, `'sockname'`, `'socket'`, `'sslcontext'`, `'peercert'`, `'cipher'`.
   *
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamWriter.get_extra_info
   */
  getExtraInfo<Name extends keyof ExtraInfo>(name: Name): ExtraInfo[Name] | null
  getExtraInfo<Name extends keyof ExtraInfo, Default>(name: Name, defaultValue: Default): ExtraInfo[Name] | Default
  getExtraInfo(name: string, defaultValue?: unknown): unknown
  getExtraInfo(name: string, defaultValue: unknown = null): unknown {
    return this.#transport.getExtraInfo(name, defaultValue)
  }

  /**
   * Waits until more may be written: while there is more in the buffer than its high-water mark.
   *
   * Any number of tasks may drain at the same time.
   *
   * @throws ConnectionResetError when the connection is lost
   * @throws the error that the reader of the connection has got
   *
   * @remarks
   * **Cancellation** What has been written is sent all the same.
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamWriter.drain
   */
  drain(): CoroutineObject<void> {
    return new Drain(this.#protocol, () => this.#beforeDrain())
  }

  #beforeDrain(): Steps<void> | undefined {
    const error = this.#reader?.exception() ?? null
    if (error !== null) throw error
    // One turn, so that a loop of write and drain learns of the loss of the connection.
    return this.#transport.isClosing() ? oneTurn() : undefined
  }

  /**
   * Begins TLS on the connection, on the side that it is: a server's where a callback of a server was given it.
   *
   * Everything that was written is sent first.
   *
   * @param ssl - true for the defaults, or options of the context: a server needs a key and a certificate
   *
   * @remarks
   * **Cancellation** The handshake is broken off, and the connection closed.
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamWriter.start_tls
   */
  startTls(ssl: Ssl, options: StartTlsOptions = {}): CoroutineObject<void> {
    return StreamWriter.#startTls.call(this, ssl, options)
  }

  /**
   * Returns a web stream that writes to the connection, as fast as the other side reads.
   *
   * Closing it ends the writing side; aborting it breaks the connection off.
   *
   * @extension
   */
  toWeb(): WritableStream<Uint8Array> {
    return webWritableOf(this)
  }

  /**
   * Returns a Node stream that writes to the connection, as fast as the other side reads.
   *
   * Ending it ends the writing side; destroying it with an error breaks the connection off.
   *
   * @throws NotImplementedError where there are no such streams
   * @extension
   */
  toNode(): Writable {
    return nodeWritableOf(this)
  }

  /** Closes the connection and waits until it is closed. How it ended is no error of the block that ends. */
  [Symbol.asyncDispose](): CoroutineObject<void> {
    return StreamWriter.#dispose.call(this)
  }

  static readonly #startTls = /* @__PURE__ */ coroutine(function* (
    this: StreamWriter,
    ssl: Ssl,
    options: StartTlsOptions,
  ): Coroutine<void> {
    const protocol = this.#protocol
    yield* this.drain()
    const loop = this.#loop as unknown as NetworkLoop
    const serverSide = protocol._isServer === true
    // The other side may have begun already: what it sent is no text for whoever reads.
    const buffered = this.#reader?._buffer.takeAll()
    const tls = { ...options, serverSide, buffered }
    const transport = yield* loop.startTls(this.#transport, protocol as never, ssl, tls)
    this.#transport = transport
    protocol._replaceTransport?.(transport)
    forgetUnclosed(this)
    watchUnclosed(this, transport, loop)
  })

  static readonly #dispose = /* @__PURE__ */ coroutine(function* (this: StreamWriter): Coroutine<void> {
    this.close()
    try {
      yield* this.waitClosed()
    } catch (error) {
      if (isCancelled(error)) throw error
    }
  })

  toString(): string {
    const reader = this.#reader === null ? '' : ` reader=${this.#reader.toString()}`
    return `<StreamWriter transport=${reprOf(this.#transport)}${reader}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

const nothing = /* @__PURE__ */ coroutine(function* (): Coroutine<void> {})

function* oneTurn(): Coroutine<void> {
  yield undefined
}

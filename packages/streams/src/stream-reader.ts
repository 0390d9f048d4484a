import { getEventLoop, RuntimeError, ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { CoroutineObject, EventLoop, ReadTransport } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import type { Readable } from 'node:stream'
import { ByteBuffer } from './byte-buffer.ts'
import { bytesOf } from './bytes-of.ts'
import { feedFromNode, nodeReadableOf } from './node-streams.ts'
import { Read, ReadAll, ReadExactly, ReadLine, ReadUntil } from './read-operations.ts'
import type { DataWait, Source } from './read-operation.ts'
import type { Lines } from './stream-lines.ts'
import { StreamLines } from './stream-lines.ts'
import { feedFromWeb, webReadableOf } from './web-streams.ts'

/** In bytes: 64 KiB. */
export const DEFAULT_LIMIT = 2 ** 16

/** Options of a {@link StreamReader}. */
export interface StreamReaderOptions {
  /** In bytes: how long a line may be; above twice as much the transport is paused. 64 KiB when absent. */
  limit?: number | undefined
  loop?: EventLoop | undefined
}

/** What sets a pace: the part of a transport that a reader needs. */
type Paced = Pick<ReadTransport, 'pauseReading' | 'resumeReading'> & { close?(): void }

/**
 * Bytes that come from somewhere, to be read piece by piece.
 *
 * What is read belongs to the caller. It may be a view of a larger block that came in one go: to keep a small piece for
 * long, copy it.
 *
 * One coroutine at a time may wait for bytes. When more than twice the limit has come, the transport is paused until
 * the limit is reached again.
 *
 * @remarks
 * **Cancellation** Whoever is cancelled while it waits has read nothing: what came stays in the reader.
 * **Differences from CPython** Text is taken where bytes are, as UTF-8.
 * @see https://docs.python.org/3/library/asyncio-stream.html#streamreader
 */
export class StreamReader implements AsyncIterable<Uint8Array>, Source {
  // Invariant READER-1: somebody waits ⇒ the transport is not paused.
  readonly _loop: KernelLoop
  readonly _limit: number
  readonly _buffer = new ByteBuffer()
  _eof = false
  #exception: Error | null = null
  #waiter: DataWait<unknown> | null = null
  #transport: Paced | null = null
  #isPaused = false

  /** @throws ValueError when the limit is not above zero */
  constructor(options: StreamReaderOptions = {}) {
    const { limit = DEFAULT_LIMIT, loop } = options
    if (typeof limit !== 'number') throw new TypeError(`limit is a number of bytes, got ${reprOf(limit)}.`)
    if (!(limit > 0)) throw new ValueError('Limit cannot be <= 0')
    this._limit = limit
    this._loop = (loop ?? getEventLoop()) as KernelLoop
  }

  /**
   * Reads up to `n` bytes, as soon as there are any. Of large blocks it gives one at a time, as it came.
   *
   * @param n - how many bytes at most; -1 reads to the end
   * @returns nothing but zero bytes at the end
   * @throws the error of the connection
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamReader.read
   */
  read(n = -1): CoroutineObject<Uint8Array> {
    checkCount(n, 'read')
    return n < 0 ? new ReadAll(this) : new Read(this, n)
  }

  /**
   * Reads a line, with its `\n`. At the end it may have none; after the end it has zero bytes.
   *
   * @throws ValueError when the line is longer than the limit; what had come of it is dropped
   * @throws the error of the connection
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamReader.readline
   */
  readline(): CoroutineObject<Uint8Array> {
    return new ReadLine(this)
  }

  /**
   * Reads exactly `n` bytes. The limit does not apply.
   *
   * @throws {@link IncompleteReadError} when the stream ends before; its `partial` holds what had come
   * @throws ValueError when `n` is below zero
   * @throws the error of the connection
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamReader.readexactly
   */
  readexactly(n: number): CoroutineObject<Uint8Array> {
    checkCount(n, 'readexactly')
    if (n < 0) throw new ValueError('readexactly size can not be less than zero')
    return new ReadExactly(this, n)
  }

  /**
   * Reads to a separator, which is part of what is returned.
   *
   * Of several separators, the one that ends first counts.
   *
   * @param separator - bytes or text, or several of them
   * @throws {@link LimitOverrunError} when it does not come within the limit; the bytes stay in the reader
   * @throws {@link IncompleteReadError} when the stream ends before; its `partial` holds what had come
   * @throws ValueError when there is no separator, or an empty one
   * @throws the error of the connection
   * @see https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamReader.readuntil
   */
  readuntil(separator: Uint8Array | string | readonly (Uint8Array | string)[] = '\n'): CoroutineObject<Uint8Array> {
    return new ReadUntil(this, separatorsOf(separator))
  }

  /**
   * Returns a web stream of what is read. It reads when it is read from, never ahead.
   *
   * Cancelling it closes the connection.
   *
   * @extension
   */
  toWeb(): ReadableStream<Uint8Array> {
    return webReadableOf(this, this._limit)
  }

  /**
   * Returns a Node stream of what is read. It reads when it is read from; destroying it closes the connection.
   *
   * @throws NotImplementedError where there are no such streams
   * @extension
   */
  toNode(): Readable {
    return nodeReadableOf(this, this._limit)
  }

  /**
   * Returns a reader of a web stream, which is asked for more only while the reader has room.
   *
   * @extension
   */
  static fromWeb(readable: ReadableStream<Uint8Array>, options?: StreamReaderOptions): StreamReader {
    const reader = new StreamReader(options)
    feedFromWeb(reader, readable)
    return reader
  }

  /**
   * Returns a reader of a Node stream, which is paused while the reader is full.
   *
   * @extension
   */
  static fromNode(readable: Readable, options?: StreamReaderOptions): StreamReader {
    const reader = new StreamReader(options)
    feedFromNode(reader, readable)
    return reader
  }

  /** Nobody wants to read any more. */
  _close(): void {
    this.#transport?.close?.()
  }

  /** Whether the end has come and everything has been read. */
  atEof(): boolean {
    return this._eof && this._buffer.length === 0
  }

  /**
   * Iterates over lines, to the end.
   *
   * @returns an iterator whose `next` can be awaited in both spellings
   */
  [Symbol.asyncIterator](): Lines {
    return new StreamLines(this)
  }

  /** The error that was set, or `null`. */
  exception(): Error | null {
    return this.#exception
  }

  /** Ends the stream with an error: whoever waits gets it, and whoever reads. */
  setException(error: Error): void {
    this.#exception = error
    const waiter = this.#waiter
    this.#waiter = null
    if (waiter !== null && !waiter.done()) waiter.setException(error)
  }

  /** Sets whom to slow down when nobody reads. It can be set once. */
  setTransport(transport: Paced): void {
    if (this.#transport !== null) throw new RuntimeError('Transport already set: a reader has one.')
    this.#transport = transport
  }

  /** Changes the transport, as when TLS is begun on it. */
  _replaceTransport(transport: Paced): void {
    this.#transport = transport
    if (this.#isPaused) transport.pauseReading()
  }

  /**
   * Adds bytes. They belong to the reader from now on.
   *
   * @throws RuntimeError after {@link feedEof}
   */
  feedData(data: Uint8Array | string): void {
    if (this._eof) throw new RuntimeError('feedData after feedEof: nothing can follow the end.')
    const bytes = bytesOf(data, 'data')
    if (bytes.length === 0) return
    this._buffer.push(bytes)
    this.#wake()
    this.#slowDown()
  }

  #slowDown(): void {
    if (this.#transport === null || this.#isPaused || this._buffer.length <= 2 * this._limit) return
    this.#isPaused = true
    this.#transport.pauseReading()
  }

  /** Says that nothing follows. */
  feedEof(): void {
    this._eof = true
    this.#wake()
  }

  #wake(): void {
    const waiter = this.#waiter
    if (waiter === null) return
    this.#waiter = null
    if (!waiter.done()) waiter.setResult()
  }

  _checkError(): void {
    if (this.#exception !== null) throw this.#exception
  }

  _beginWait(name: string, wait: DataWait<unknown>): void {
    if (this.#waiter !== null) {
      throw new RuntimeError(`${name}() called while another coroutine is already waiting for incoming data`)
    }
    if (this.#isPaused) this.#resume()
    this.#waiter = wait
  }

  _endWait(wait: DataWait<unknown>): void {
    if (this.#waiter === wait) this.#waiter = null
  }

  /**
   * Puts bytes back that were read, in front of those that come next.
   *
   * @extension
   */
  unread(data: Uint8Array | string): void {
    const bytes = bytesOf(data, 'data')
    if (bytes.length === 0) return
    this._putBack([bytes])
    this.#wake()
  }

  _putBack(pieces: readonly Uint8Array[]): void {
    this._buffer.putBack(pieces)
    this.#slowDown()
  }

  /** Called when bytes were taken. */
  _taken(): void {
    if (this.#isPaused && this._buffer.length <= this._limit) this.#resume()
  }

  #resume(): void {
    this.#isPaused = false
    this.#transport!.resumeReading()
  }

  /** Appears as in CPython. */
  toString(): string {
    const parts: string[] = []
    if (this._buffer.length > 0) parts.push(`${this._buffer.length} bytes`)
    if (this._eof) parts.push('eof')
    if (this._limit !== DEFAULT_LIMIT) parts.push(`limit=${this._limit}`)
    if (this.#waiter !== null) parts.push(`waiter=${this.#waiter.toString()}`)
    if (this.#exception !== null) parts.push(`exception=${reprOf(this.#exception)}`)
    if (this.#transport !== null) parts.push(`transport=${reprOf(this.#transport)}`)
    if (this.#isPaused) parts.push('paused')
    return `<${['StreamReader', ...parts].join(' ')}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

function checkCount(n: number, name: string): void {
  if (!Number.isInteger(n)) throw new TypeError(`${name}() takes a whole number of bytes, got ${reprOf(n)}.`)
}

function separatorsOf(separator: Uint8Array | string | readonly (Uint8Array | string)[]): Uint8Array[] {
  const list = Array.isArray(separator) ? (separator as readonly (Uint8Array | string)[]) : [separator as string]
  if (list.length === 0) throw new ValueError('Separator should contain at least one element')
  const separators = list.map((each) => bytesOf(each, 'A separator'))
  separators.sort((a, b) => a.length - b.length)
  if (separators[0]!.length === 0) throw new ValueError('Separator should be at least one-byte string')
  return separators
}

import { IncompleteReadError, LimitOverrunError, lineTooLong } from './errors.ts'
import type { ByteBuffer } from './byte-buffer.ts'
import { MORE, ReadOperation } from './read-operation.ts'
import type { Source } from './read-operation.ts'

/** What is read from: a reader, from the inside. */
interface Readable extends Source {
  readonly _buffer: ByteBuffer
  readonly _eof: boolean
  readonly _limit: number
  _taken(): void
  _putBack(pieces: readonly Uint8Array[]): void
}

const NOTHING = new Uint8Array(0)
const LINE_FEED = 10
const LARGE_BYTES = 8192

abstract class BufferOperation extends ReadOperation<Uint8Array> {
  declare protected readonly reader: Readable

  constructor(reader: Readable) {
    super(reader)
    this.reader = reader
  }

  protected take(count: number): Uint8Array {
    const taken = this.reader._buffer.take(count)
    this.reader._taken()
    return taken
  }

  /** What is left when the stream has ended too early. */
  protected partial(): Uint8Array {
    return this.reader._buffer.takeAll()
  }
}

/** Up to a number of bytes. */
export class Read extends BufferOperation {
  readonly #count: number

  constructor(reader: Readable, count: number) {
    super(reader)
    this.#count = count
  }

  override get _name(): string {
    return 'read'
  }

  override _attempt(): Uint8Array | typeof MORE {
    const { _buffer: buffer, _eof: eof } = this.reader
    if (this.#count === 0) return NOTHING
    if (buffer.length === 0 && !eof) return MORE
    const count = Math.min(this.#count, buffer.length)
    const { firstLength } = buffer
    // A large block goes as it came: to join it with the next one would copy both.
    return this.take(firstLength < count && firstLength >= LARGE_BYTES ? firstLength : count)
  }
}

/** Everything up to the end. What comes meanwhile is taken out of the buffer, which would otherwise stop the flow. */
export class ReadAll extends BufferOperation {
  readonly #blocks: Uint8Array[] = []
  #length = 0

  override get _name(): string {
    return 'read'
  }

  override _attempt(): Uint8Array | typeof MORE {
    const { _buffer: buffer } = this.reader
    while (buffer.length > 0) {
      const block = this.take(Math.min(buffer.length, this.reader._limit))
      this.#blocks.push(block)
      this.#length += block.length
    }
    if (!this.reader._eof) return MORE
    // Another read may have emptied the buffer of a paused transport, and thrown.
    this.reader._taken()
    return this.#join()
  }

  override _left(): void {
    this.reader._putBack(this.#blocks)
  }

  #join(): Uint8Array {
    if (this.#blocks.length === 1) return this.#blocks[0]!
    const joined = new Uint8Array(this.#length)
    let offset = 0
    for (const block of this.#blocks) {
      joined.set(block, offset)
      offset += block.length
    }
    return joined
  }
}

export class ReadExactly extends BufferOperation {
  readonly #count: number

  constructor(reader: Readable, count: number) {
    super(reader)
    this.#count = count
  }

  override get _name(): string {
    return 'readexactly'
  }

  override _attempt(): Uint8Array | typeof MORE {
    if (this.reader._buffer.length >= this.#count) return this.#count === 0 ? NOTHING : this.take(this.#count)
    if (this.reader._eof) throw new IncompleteReadError(this.partial(), this.#count)
    return MORE
  }
}

const NOT_FOUND = 'Separator is not found, and chunk exceed the limit'
const TOO_LONG = 'Separator is found, but chunk is longer than limit'

/** One line. The same as {@link ReadUntil} with one separator of one byte, and a third of the work. */
export class ReadLine extends BufferOperation {
  /** Where there is no line feed before. */
  declare private _from: number

  constructor(reader: Readable) {
    super(reader)
    this._from = 0
  }

  override get _name(): string {
    return 'readuntil'
  }

  override _attempt(): Uint8Array | typeof MORE {
    const { _buffer: buffer, _limit: limit } = this.reader
    const index = buffer.indexOf(LINE_FEED, this._from)
    if (index >= 0) {
      if (index > limit) throw this.#overrun(TOO_LONG, index, index + 1)
      return this.take(index + 1)
    }
    this._from = buffer.length
    if (this._from > limit) throw this.#overrun(NOT_FOUND, this._from, this._from)
    return this.reader._eof ? this.partial() : MORE
  }

  /** Drops the line as far as it has come: the next call begins after it. */
  #overrun(message: string, consumed: number, dropped: number): Error {
    this.reader._buffer.drop(dropped)
    this.reader._taken()
    return lineTooLong(new LimitOverrunError(message, consumed))
  }
}

export class ReadUntil extends BufferOperation {
  readonly #separators: readonly Uint8Array[]
  /** Where no separator begins before. */
  #from = 0

  /** @param separators - the shortest first */
  constructor(reader: Readable, separators: readonly Uint8Array[]) {
    super(reader)
    this.#separators = separators
  }

  override get _name(): string {
    return 'readuntil'
  }

  override _attempt(): Uint8Array | typeof MORE {
    const { _buffer: buffer, _limit: limit } = this.reader
    const match = buffer.find(this.#separators, this.#from)
    if (match !== null) {
      if (match.start > limit) throw new LimitOverrunError(TOO_LONG, match.start)
      return this.take(match.end)
    }
    if (buffer.length - this.#from >= this.#separators[0]!.length) {
      this.#from = Math.max(0, buffer.length + 1 - this.#separators.at(-1)!.length)
      if (this.#from > limit) throw new LimitOverrunError(NOT_FOUND, this.#from)
    }
    if (this.reader._eof) throw new IncompleteReadError(this.partial(), null)
    return MORE
  }
}

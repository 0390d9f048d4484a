/** Where a separator was found. */
export interface Match {
  /** The offset of its first byte. */
  readonly start: number
  /** The offset after its last byte. */
  readonly end: number
}

const NOTHING = new Uint8Array(0)

/**
 * Bytes that came in chunks and leave in pieces.
 *
 * A piece that lies in one chunk is a view of it: no byte is copied but those of pieces that lie in several chunks.
 */
export class ByteBuffer {
  // Invariant BUFFER-1: the first chunk has unread bytes from `#offset` on, and no chunk is empty.
  #chunks: Uint8Array[] = []
  /** Which chunk is the first: those before it are gone, and dropped in bulk. */
  #head = 0
  #offset = 0
  #length = 0
  /** The memory of the first chunk, once it was asked for: to ask costs as much as a view does. */
  #memory: ArrayBufferLike | null = null
  /** Where the first chunk begins in it. */
  #base = 0

  get length(): number {
    return this.#length
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.#chunks.push(chunk)
    this.#length += chunk.length
  }

  /** Puts pieces back that were taken, in their order. */
  putBack(pieces: readonly Uint8Array[]): void {
    const left = this.#chunks.slice(this.#head)
    if (left.length > 0) left[0] = left[0]!.subarray(this.#offset)
    this.#chunks = [...pieces, ...left]
    this.#head = this.#offset = 0
    this.#memory = null
    for (const piece of pieces) this.#length += piece.length
  }

  clear(): void {
    this.#chunks = []
    this.#head = this.#offset = this.#length = 0
    this.#memory = null
  }

  /** Takes `count` bytes, which have to be there. */
  take(count: number): Uint8Array {
    if (count === 0) return NOTHING
    const first = this.#chunks[this.#head]!
    const end = this.#offset + count
    if (end > first.length) return this.#join(count)
    if (this.#offset === 0 && end === first.length) {
      this.#advance(count)
      return first
    }
    if (this.#memory === null) {
      this.#memory = first.buffer
      this.#base = first.byteOffset
    }
    const piece = new Uint8Array(this.#memory, this.#base + this.#offset, count)
    this.#advance(count)
    return piece
  }

  /** How many bytes can be taken at most without a copy: those that are left of the first chunk. */
  get firstLength(): number {
    return this.#length === 0 ? 0 : this.#chunks[this.#head]!.length - this.#offset
  }

  takeAll(): Uint8Array {
    return this.take(this.#length)
  }

  /** Finds a byte at or after `from`, or returns -1. */
  indexOf(byte: number, from: number): number {
    return this.#search(byte, NOTHING, from)
  }

  /** Finds the separator that ends first, beginning at or after `from`; of those that end together the first given. */
  find(separators: readonly Uint8Array[], from: number): Match | null {
    let match: Match | null = null
    for (const separator of separators) {
      const start = this.#search(separator[0]!, separator.subarray(1), from)
      const end = start + separator.length
      if (start >= 0 && (match === null || end < match.end)) match = { start, end }
    }
    return match
  }

  /** Drops `count` bytes, which have to be there. */
  drop(count: number): void {
    this.#advance(count)
  }

  #search(first: number, rest: Uint8Array, from: number): number {
    const chunks = this.#chunks
    let index = this.#head
    let base = -this.#offset
    if (from > this.#length / 2) {
      // From the end: whoever looks again whenever a little has come would walk over all that came before each time.
      index = chunks.length
      base = this.#length
      while (base > from) base -= chunks[--index]!.length
    }
    for (; index < chunks.length; index++) {
      const chunk = chunks[index]!
      let at = chunk.indexOf(first, Math.max(0, from - base))
      while (at >= 0) {
        if (rest.length === 0 || this.#follows(rest, index, at + 1)) return base + at
        at = chunk.indexOf(first, at + 1)
      }
      base += chunk.length
    }
    return -1
  }

  /** Whether those are the bytes from `at` on in the chunk `index`, and in the chunks after it. */
  #follows(bytes: Uint8Array, index: number, at: number): boolean {
    const chunks = this.#chunks
    for (const byte of bytes) {
      while (index < chunks.length && at >= chunks[index]!.length) at -= chunks[index++]!.length
      if (chunks[index]?.[at] !== byte) return false
      at++
    }
    return true
  }

  #join(count: number): Uint8Array {
    const joined = new Uint8Array(count)
    let filled = 0
    while (filled < count) {
      const chunk = this.#chunks[this.#head]!
      const part = chunk.subarray(this.#offset, this.#offset + count - filled)
      joined.set(part, filled)
      filled += part.length
      this.#advance(part.length)
    }
    return joined
  }

  #advance(count: number): void {
    this.#length -= count
    this.#offset += count
    while (this.#head < this.#chunks.length && this.#offset >= this.#chunks[this.#head]!.length) {
      this.#offset -= this.#chunks[this.#head]!.length
      this.#chunks[this.#head++] = NOTHING
      this.#memory = null
    }
    // Dropped together: to move what is left for each of them would take quadratic time.
    if (this.#head > 32 && this.#head * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#head)
      this.#head = 0
    }
  }
}

/** Bytes that wait, in the order in which they came. */
export class ByteQueue {
  #chunks: Uint8Array[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#size += chunk.byteLength
  }

  /** Takes up to so many bytes, in one piece. */
  take(maxBytes: number): Uint8Array {
    const [first] = this.#chunks
    if (first !== undefined && first.byteLength <= maxBytes && this.#chunks.length === 1) {
      this.clear()
      return first
    }
    const taken = new Uint8Array(Math.min(maxBytes, this.#size))
    let offset = 0
    while (offset < taken.byteLength) {
      const chunk = this.#chunks[0]!
      const part = chunk.subarray(0, taken.byteLength - offset)
      taken.set(part, offset)
      offset += part.byteLength
      if (part.byteLength === chunk.byteLength) this.#chunks.shift()
      else this.#chunks[0] = chunk.subarray(part.byteLength)
    }
    this.#size -= offset
    return taken
  }

  clear(): void {
    this.#chunks = []
    this.#size = 0
  }
}

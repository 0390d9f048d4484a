/**
 * Copies of what programs write.
 *
 * A caller may change its bytes as soon as `write` returns, while a socket whose buffer is full sends them later, from
 * the very memory it was given. Nothing tells beforehand whether a write will be taken at once, so what is written goes
 * through memory of our own, which is used again: fresh memory would cost more than the copy.
 */
import type { Writable } from 'node:stream'
import { FREE_SLABS, WRITE_SLAB_BYTES } from './constants.ts'

/** Memory for the copies of several writes, of several sockets. */
class Slab {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(WRITE_SLAB_BYTES)
  usedBytes = 0
  /** How many copies in it the host has not sent yet. */
  unsent = 0
}

let slab: Slab | null = null
const free: Slab[] = []
/** The last copy that was sent at once: where writes are of one size, the next one is made in its place. */
let spare: Buffer | null = null

/** The copies of what is written to one socket. */
export class WriteCopies {
  // Invariant COPIES-1: nothing is written to the memory of a copy until the host has sent it.
  readonly #unsent: Slab[] = []

  /**
   * Writes a copy of bytes to a stream, whose caller may change them as soon as this returns.
   *
   * The stream gives the memory of a copy back when it has sent it: at once, or when all of it has been sent.
   */
  write(stream: Writable, data: Uint8Array, sent: (error?: Error | null) => void): void {
    const copy = this.of(data)
    stream.write(copy, sent)
    if (stream.writableLength > 0) this.kept(copy)
    else this.sent(copy)
  }

  /** Copies bytes to where nobody else writes, until either {@link sent} or {@link kept} has been called for them. */
  of(data: Uint8Array): Uint8Array {
    const size = data.byteLength
    // A slab for the largest write would be kept for ever.
    if (size > WRITE_SLAB_BYTES) return Buffer.from(data)
    const copy = spare !== null && spare.byteLength === size ? spare : newCopy(size)
    spare = null
    copy.set(data)
    slab!.usedBytes += size
    return copy
  }

  /** The host has sent the copy that was made last. */
  sent(copy: Uint8Array): void {
    if (slab === null || copy.buffer !== slab.bytes.buffer) return
    slab.usedBytes -= copy.byteLength
    spare = copy as Buffer
  }

  /** The host keeps the copy that was made last, and sends it later. */
  kept(copy: Uint8Array): void {
    if (slab === null || copy.buffer !== slab.bytes.buffer) return
    slab.unsent++
    this.#unsent.push(slab)
  }

  /** Whether the host has kept copies. */
  get areKept(): boolean {
    return this.#unsent.length > 0
  }

  /** The host has sent everything. */
  allSent(): void {
    for (const each of this.#unsent) release(each)
    this.#unsent.length = 0
  }
}

function newCopy(size: number): Buffer {
  if (slab === null || slab.usedBytes + size > WRITE_SLAB_BYTES) slab = free.pop() ?? new Slab()
  return slab.bytes.subarray(slab.usedBytes, slab.usedBytes + size)
}

function release(sentSlab: Slab): void {
  if (--sentSlab.unsent > 0) return
  sentSlab.usedBytes = 0
  if (sentSlab === slab) spare = null
  else if (free.length < FREE_SLABS) free.push(sentSlab)
}

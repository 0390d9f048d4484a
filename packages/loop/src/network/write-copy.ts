/**
 * Copies of what programs write.
 *
 * A caller may change its bytes as soon as `write` returns, while a socket whose buffer is full sends them later, from
 * the very memory it was given. Nothing tells beforehand whether a write will be taken at once, so what is written goes
 * through memory of our own. Most writes are taken at once, and then the same memory serves the next one: the copy
 * costs no allocation.
 */
import { WRITE_SLAB_BYTES } from './constants.ts'

let slab: Buffer | null = null
let usedBytes = 0
/** The last copy that has been given back: where writes are of one size, the next one is made in its place. */
let spare: Buffer | null = null

/** Copies bytes to where nobody else writes until {@link copyTaken} has been called, or the copy is let go of. */
export function copyOf(data: Uint8Array): Uint8Array {
  const size = data.byteLength
  // The slab would keep the memory of the largest write for ever.
  if (size > WRITE_SLAB_BYTES) return Buffer.from(data)
  const copy = spare !== null && spare.byteLength === size ? spare : newCopy(size)
  spare = null
  copy.set(data)
  usedBytes += size
  return copy
}

function newCopy(size: number): Buffer {
  if (slab === null || usedBytes + size > WRITE_SLAB_BYTES) {
    slab = Buffer.allocUnsafeSlow(WRITE_SLAB_BYTES)
    usedBytes = 0
  }
  return slab.subarray(usedBytes, usedBytes + size)
}

/** Gives the memory of the last copy back: it has been sent. */
export function copyTaken(copy: Uint8Array): void {
  if (copy.buffer !== slab?.buffer) return
  usedBytes -= copy.byteLength
  spare = copy as Buffer
}

import { reprOf } from '@asyncio-ts/core/primitives'

const encoder = new TextEncoder()

/**
 * The bytes of what a caller gave: text is UTF-8.
 *
 * They are always of one class. A host may hand out a subclass, and `String(bytes)` would depend on where they came from.
 */
export function bytesOf(data: Uint8Array | string, what: string): Uint8Array {
  if (typeof data === 'string') return encoder.encode(data)
  if (data instanceof Uint8Array) {
    if (data.constructor === Uint8Array) return data
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  }
  throw new TypeError(`${what} is a Uint8Array or a string, got ${reprOf(data)}.`)
}

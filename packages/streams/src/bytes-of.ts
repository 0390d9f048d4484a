import { reprOf } from '@asyncio-ts/core/primitives'

const encoder = new TextEncoder()

/** The bytes of what a caller gave: text is UTF-8. */
export function bytesOf(data: Uint8Array | string, what: string): Uint8Array {
  if (typeof data === 'string') return encoder.encode(data)
  if (data instanceof Uint8Array) return data
  throw new TypeError(`${what} is a Uint8Array or a string, got ${reprOf(data)}.`)
}

import { reprOf } from '@asyncio-ts/core'

/**
 * Copies what a program writes: it may change its bytes as soon as `write` returns, and the host sends them later.
 *
 * @throws TypeError when `data` is neither bytes nor text
 */
export function bytesOf(data: Uint8Array | string): Buffer {
  if (typeof data === 'string' || data instanceof Uint8Array) return Buffer.from(data)
  throw new TypeError(`data is a Uint8Array or a string, got ${reprOf(data)}.`)
}

import { reprOf } from '@asyncio-ts/core/primitives'

/** @throws TypeError when `data` is neither bytes nor text */
export function checkBytes(data: unknown): asserts data is Uint8Array | string {
  if (typeof data === 'string' || data instanceof Uint8Array) return
  throw new TypeError(`data is a Uint8Array or a string, got ${reprOf(data)}.`)
}

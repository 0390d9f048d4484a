const TRANSFER = Symbol.for('asyncio-ts.transfer')

/** A value, and which parts of it are transferred. */
export interface Transferred {
  readonly value: unknown
  readonly list: readonly unknown[]
}

/** What can be transferred: an ArrayBuffer, a MessagePort, a web stream. */
export type Transferable = ArrayBuffer | object

/**
 * Moves the memory of a value to the other thread instead of copying it.
 *
 * For an argument of a call, and for the result of a function in a worker. The sender can no longer use it.
 *
 * @param value - what the other side receives
 * @param list - the ArrayBuffers and ports in it to transfer
 * @returns what to pass, or to return; typed as the value, which is what arrives
 * @remarks
 * **Differences from CPython** An extension: threads of Python share their memory.
 * @extension
 * @example
 * const sum = (pixels: Uint8Array) => pixels.reduce((a, b) => a + b, 0)
 * console.log(await toThread(sum, transfer(pixels, [pixels.buffer])))
 */
export function transfer<T>(value: T, list: readonly Transferable[]): T {
  return { value, [TRANSFER]: list } as never
}

/** Returns what {@link transfer} was given; null when `value` does not come from there. */
export function transferredIn(value: unknown): Transferred | null {
  if (typeof value !== 'object' || value === null || !(TRANSFER in value)) return null
  return { value: (value as { value?: unknown }).value, list: value[TRANSFER] as readonly unknown[] }
}

import type { KernelFuture } from './contract/kernel.ts'

export const FUTURE = Symbol.for('asyncio-ts.Future')

/**
 * Tells whether `value` is a Future or a Task, of this copy of core or of another.
 *
 * @see https://docs.python.org/3/library/asyncio-future.html#asyncio.isfuture
 */
export function isFuture(value: unknown): value is KernelFuture {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[FUTURE] === true
}

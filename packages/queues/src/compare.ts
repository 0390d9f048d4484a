import { reprOf } from '@asyncio-ts/core/primitives'

/** Tells whether `a` comes before `b`: a negative number, zero, or a positive number. */
export type Compare<T> = (a: T, b: T) => number

/**
 * Compares as Python's `<` does: numbers, strings and dates by value, arrays item by item.
 *
 * @throws TypeError when the two have no order
 */
export function compare(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
  if (a instanceof Date && b instanceof Date) return compare(a.getTime(), b.getTime())
  if (isNumeric(a) && isNumeric(b)) return orderOf(a, b)
  if (typeof a === 'string' && typeof b === 'string') return orderOf(a, b)
  throw new TypeError(`${reprOf(a)} and ${reprOf(b)} have no order: give the PriorityQueue a compare function.`)
}

function isNumeric(value: unknown): value is number | bigint {
  if (typeof value === 'number' && Number.isNaN(value)) throw new TypeError('NaN has no place in an order.')
  return typeof value === 'number' || typeof value === 'bigint'
}

function orderOf<V extends number | bigint | string>(a: V, b: V): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    if (a[i] === b[i]) continue
    const order = compare(a[i], b[i])
    if (order !== 0) return order
  }
  return a.length - b.length
}

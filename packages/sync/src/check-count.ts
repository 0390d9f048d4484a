import { ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'

/** @throws TypeError when `value` is not a number; ValueError when it is not a whole number of at least `least` */
export function checkCount(name: string, value: unknown, least: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, got ${reprOf(value)}.`)
  if (Number.isInteger(value) && value >= least) return
  const range = least > -Infinity ? ` >= ${least}` : ''
  throw new ValueError(`${name} must be a whole number${range}, got ${value}.`)
}

import { ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'

/**
 * Refuses what is no duration.
 *
 * @throws TypeError when it is not a number
 * @throws {@link ValueError} when it is NaN
 */
export function checkSeconds(value: unknown, name: string): asserts value is number {
  if (typeof value !== 'number') {
    throw new TypeError(`The ${name} is a number of seconds, got ${reprOf(value)}.`)
  }
  if (Number.isNaN(value)) throw new ValueError(`Invalid ${name}: NaN (not a number). Give a number of seconds.`)
}

/** The same for a limit that may be absent: `undefined` and `null` mean no limit. */
export function checkLimit(value: unknown, name: string): asserts value is number | null | undefined {
  if (value !== undefined && value !== null) checkSeconds(value, name)
}

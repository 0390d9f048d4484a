import { getRunningLoop } from '@asyncio-ts/core'
import { SeededLoop } from './seeded-loop.ts'

/**
 * States what has to hold whenever the program waits, until it ends.
 *
 * It is checked after every turn, when every microtask has run; a check that throws fails the schedule. On loops that
 * explore nothing it does nothing.
 *
 * @param check - throws when the invariant does not hold
 * @throws TypeError when it is not a function
 * @extension
 */
export function always(check: () => void): void {
  if (typeof check !== 'function') throw new TypeError('always() takes a function that throws when something is wrong.')
  const loop = getRunningLoop()
  if (loop instanceof SeededLoop) loop._addInvariant(check)
}

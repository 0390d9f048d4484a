import { getRunningLoop, ValueError } from '@asyncio-ts/core'
import { SeededLoop } from './seeded-loop.ts'

/**
 * Lets the schedule decide something of the program's surroundings: how long a message takes, whether a call fails.
 *
 * It is a part of the schedule: found again by its seed, shrunk, and replayed. On loops that explore nothing it is 0.
 *
 * @param max - how many ways there are
 * @returns a whole number from 0 up to, and without, `max`; make 0 the way in which things go well
 * @throws ValueError when `max` is not a whole number above 0
 * @example
 * import { sleep } from '@asyncio-ts/tasks'
 * import { choose, explore } from '@asyncio-ts/testing'
 *
 * await explore(async () => {
 *   await sleep(0.01 * (1 + choose(3)))
 * }, { schedules: 10 })
 * @extension
 */
export function choose(max: number): number {
  if (!Number.isInteger(max) || max < 1) {
    throw new ValueError(`choose() takes the number of ways there are, got ${max}.`)
  }
  const loop = getRunningLoop()
  return loop instanceof SeededLoop ? loop._choose(max) : 0
}

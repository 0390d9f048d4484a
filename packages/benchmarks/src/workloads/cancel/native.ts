/** The host's own way: an abort signal each, handed to the promise timers. */
import { setTimeout as delay } from 'node:timers/promises'
import { nextTurn } from '../../next-turn.ts'
import { times } from '../../times.ts'

export default async (n: number): Promise<number> => {
  const controllers = times(n, () => new AbortController())
  const naps = controllers.map(({ signal }) => delay(100_000, undefined, { signal }))
  const settled = Promise.allSettled(naps)
  await nextTurn()
  for (const controller of controllers) controller.abort()
  return (await settled).filter(({ status }) => status === 'rejected').length
}

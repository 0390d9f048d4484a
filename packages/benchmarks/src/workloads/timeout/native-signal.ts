/** The host's own way: a signal that aborts by itself, which the body looks at. */
import { nextTurn } from '../../next-turn.ts'

const body = async (turns: number, signal: AbortSignal): Promise<number> => {
  for (let i = 0; i < turns; i++) await nextTurn()
  signal.throwIfAborted()
  return 1
}

export default async (n: number, turns: number): Promise<number> => {
  let count = 0
  for (let i = 0; i < n; i++) count += await body(turns, AbortSignal.timeout(10_000))
  return count
}

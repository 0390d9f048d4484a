import { sum, times } from './times.ts'

/** Makes `n` calls at once and adds up what they return. */
export const callAll = async (n: number, call: () => PromiseLike<number>): Promise<number> =>
  sum(await Promise.all(times(n, call)))

/** Makes `n` calls, each after the last has answered, and adds up what they return. */
export async function callInTurn(n: number, call: () => PromiseLike<number>): Promise<number> {
  let total = 0
  for (let i = 0; i < n; i++) total += await call()
  return total
}

import { nextTurn } from './next-turn.ts'

/** A job of one turn, for the limiters of promise libraries. */
export const job = async (): Promise<number> => {
  await nextTurn()
  return 1
}

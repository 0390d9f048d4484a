import { nextTurn } from '../../next-turn.ts'
import { sum, times } from '../../times.ts'

const spin = async (keepsOn: () => boolean): Promise<number> => {
  let turns = 0
  for (; keepsOn(); turns++) await nextTurn()
  return turns
}

export default async (tasks: number, keepsOn: () => boolean): Promise<number> =>
  sum(await Promise.all(times(tasks, () => spin(keepsOn))))

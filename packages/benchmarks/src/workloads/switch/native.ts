import { nextTurn } from '../../next-turn.ts'
import { sum, times } from '../../times.ts'

const spin = async (turns: number): Promise<number> => {
  for (let i = 0; i < turns; i++) await nextTurn()
  return turns
}

export default async (n: number, tasks: number): Promise<number> =>
  sum(await Promise.all(times(tasks, () => spin(n / tasks))))

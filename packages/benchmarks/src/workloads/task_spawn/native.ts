import { nextTurn } from '../../next-turn.ts'
import { sum, times } from '../../times.ts'

const one = async (): Promise<number> => {
  await nextTurn()
  return 1
}

export default async (n: number): Promise<number> => sum(await Promise.all(times(n, one)))

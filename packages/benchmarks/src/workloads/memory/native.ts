import { nextTurn } from '../../next-turn.ts'
import { times } from '../../times.ts'

const nap = async (): Promise<void> => {
  await new Promise((resolve) => void setTimeout(resolve, 3_600_000))
}

export default async (n: number, whenAsleep: () => void): Promise<number> => {
  const naps = times(n, nap)
  await nextTurn()
  whenAsleep()
  return naps.length
}

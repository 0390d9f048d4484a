import { nextTurn } from '../../next-turn.ts'
import { PromiseQueue } from '../../promise-queue.ts'
import { times } from '../../times.ts'

export default async (n: number, whenAsleep: () => void): Promise<number> => {
  const queue = new PromiseQueue<number>(1)
  const takes = times(n, async () => {
    await queue.get()
  })
  await nextTurn()
  whenAsleep()
  return takes.length
}

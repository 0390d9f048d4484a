/** Workers that take from one array: no task, no promise and no result of its own for a job. */
import { nextTurn } from '../../next-turn.ts'
import { times } from '../../times.ts'

export default async (n: number, limit: number): Promise<number> => {
  let left = n
  let count = 0
  const work = async (): Promise<void> => {
    while (left-- > 0) {
      await nextTurn()
      count++
    }
  }
  await Promise.all(times(limit, work))
  return count
}

import pLimit from 'p-limit'
import { job } from '../../job.ts'
import { sum, times } from '../../times.ts'

export default async (n: number, limit: number): Promise<number> => {
  const limited = pLimit(limit)
  return sum(await Promise.all(times(n, () => limited(job))))
}

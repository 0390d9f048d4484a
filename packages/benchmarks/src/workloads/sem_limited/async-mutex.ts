import { Semaphore } from 'async-mutex'
import { job } from '../../job.ts'
import { sum, times } from '../../times.ts'

export default async (n: number, limit: number): Promise<number> => {
  const semaphore = new Semaphore(limit)
  return sum(await Promise.all(times(n, () => semaphore.runExclusive(job))))
}

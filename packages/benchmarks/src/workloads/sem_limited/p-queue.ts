import PQueue from 'p-queue'
import { job } from '../../job.ts'
import { sum, times } from '../../times.ts'

export default async (n: number, limit: number): Promise<number> =>
  sum(await new PQueue({ concurrency: limit }).addAll(times(n, () => job)))

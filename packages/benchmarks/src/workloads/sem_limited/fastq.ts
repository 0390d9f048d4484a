import fastq from 'fastq'
import { job } from '../../job.ts'
import { sum, times } from '../../times.ts'

export default async (n: number, limit: number): Promise<number> => {
  const queue = fastq.promise(job, limit)
  return sum(await Promise.all(times(n, (i) => queue.push(i))))
}

import { Sema } from 'async-sema'
import { job } from '../../job.ts'
import { sum, times } from '../../times.ts'

async function limited(semaphore: Sema): Promise<number> {
  await semaphore.acquire()
  try {
    return await job()
  } finally {
    semaphore.release()
  }
}

export default async (n: number, limit: number): Promise<number> => {
  const semaphore = new Sema(limit)
  return sum(await Promise.all(times(n, () => limited(semaphore))))
}

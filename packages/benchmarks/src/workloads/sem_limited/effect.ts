import { Effect, Semaphore } from 'effect'
import { sum, times } from '../../times.ts'

const job = Effect.as(Effect.yieldNow, 1)

export default async (n: number, limit: number): Promise<number> => {
  const limited = Semaphore.makeUnsafe(limit).withPermits(1)(job)
  return sum(
    await Effect.runPromise(
      Effect.all(
        times(n, () => limited),
        { concurrency: 'unbounded' },
      ),
    ),
  )
}

import { Effect } from 'effect'
import { sum, times } from '../../times.ts'

const job = (item: number): Effect.Effect<number> => Effect.as(Effect.yieldNow, item)

export default async (n: number, limit: number): Promise<number> =>
  sum(
    await Effect.runPromise(
      Effect.forEach(
        times(n, () => 1),
        job,
        { concurrency: limit },
      ),
    ),
  )

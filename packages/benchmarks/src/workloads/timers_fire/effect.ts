import { Effect } from 'effect'
import { scatteredMs } from '../../scattered.ts'
import { sum, times } from '../../times.ts'

const nap = (delayMs: number): Effect.Effect<number> => Effect.as(Effect.sleep(delayMs), 1)

export default async (n: number): Promise<number> =>
  sum(
    await Effect.runPromise(
      Effect.all(
        times(n, (i) => nap(scatteredMs(i))),
        { concurrency: 'unbounded' },
      ),
    ),
  )

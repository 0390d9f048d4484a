import { Effect } from 'effect'
import { sum, times } from '../../times.ts'

const spin = (turns: number): Effect.Effect<number> =>
  Effect.gen(function* () {
    for (let i = 0; i < turns; i++) yield* Effect.yieldNow
    return turns
  })

export default async (n: number, tasks: number): Promise<number> =>
  sum(
    await Effect.runPromise(
      Effect.all(
        times(tasks, () => spin(n / tasks)),
        { concurrency: 'unbounded' },
      ),
    ),
  )

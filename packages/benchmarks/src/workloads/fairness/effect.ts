import { Effect } from 'effect'
import { sum, times } from '../../times.ts'

const spin = (keepsOn: () => boolean): Effect.Effect<number> =>
  Effect.gen(function* () {
    let turns = 0
    for (; keepsOn(); turns++) yield* Effect.yieldNow
    return turns
  })

export default async (tasks: number, keepsOn: () => boolean): Promise<number> =>
  sum(
    await Effect.runPromise(
      Effect.all(
        times(tasks, () => spin(keepsOn)),
        { concurrency: 'unbounded' },
      ),
    ),
  )

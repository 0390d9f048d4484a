import { Effect, Semaphore } from 'effect'
import { sum, times } from '../../times.ts'

const hold = (lock: Semaphore.Semaphore, holds: number): Effect.Effect<number> =>
  Effect.gen(function* () {
    for (let i = 0; i < holds; i++) {
      yield* lock.take(1)
      yield* Effect.yieldNow
      yield* lock.release(1)
    }
    return holds
  })

export default async (n: number, tasks: number): Promise<number> => {
  const lock = Semaphore.makeUnsafe(1)
  const holders = times(tasks, () => hold(lock, n / tasks))
  return sum(await Effect.runPromise(Effect.all(holders, { concurrency: 'unbounded' })))
}

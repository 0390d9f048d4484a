import { Effect, Semaphore } from 'effect'

export default (n: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const lock = Semaphore.makeUnsafe(1)
      let count = 0
      for (let i = 0; i < n; i++) {
        yield* lock.take(1)
        count++
        yield* lock.release(1)
      }
      return count
    }),
  )

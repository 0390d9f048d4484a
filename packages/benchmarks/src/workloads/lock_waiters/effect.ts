import { Effect, Fiber, Semaphore } from 'effect'
import { sum } from '../../times.ts'

export default (n: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const lock = Semaphore.makeUnsafe(1)
      const pass = Effect.as(Effect.andThen(lock.take(1), lock.release(1)), 1)
      yield* lock.take(1)
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(pass))
      yield* Effect.yieldNow
      yield* lock.release(1)
      return sum(yield* Fiber.joinAll(fibers))
    }),
  )

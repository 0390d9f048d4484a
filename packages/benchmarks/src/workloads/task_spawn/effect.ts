import { Effect, Fiber } from 'effect'
import { sum } from '../../times.ts'

const one = Effect.sync(() => 1)

export default (n: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(one))
      return sum(yield* Fiber.joinAll(fibers))
    }),
  )

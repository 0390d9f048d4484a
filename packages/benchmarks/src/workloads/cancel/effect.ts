import { Effect, Exit, Fiber } from 'effect'

export default (n: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(Effect.sleep(100_000)))
      yield* Effect.yieldNow
      yield* Fiber.interruptAll(fibers)
      const exits = yield* Fiber.awaitAll(fibers)
      return exits.filter(Exit.hasInterrupts).length
    }),
  )

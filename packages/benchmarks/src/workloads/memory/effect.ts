import { Effect } from 'effect'

export default (n: number, whenAsleep: () => void): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(Effect.sleep(3_600_000)))
      yield* Effect.yieldNow
      whenAsleep()
      return fibers.filter((fiber) => fiber.pollUnsafe() === undefined).length
    }),
  )

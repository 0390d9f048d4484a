import { Effect, Queue } from 'effect'

export default (n: number, whenAsleep: () => void): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const queue = yield* Queue.unbounded<number>()
      const fibers = []
      for (let i = 0; i < n; i++) fibers.push(yield* Effect.forkChild(Queue.take(queue)))
      yield* Effect.yieldNow
      whenAsleep()
      return fibers.filter((fiber) => fiber.pollUnsafe() === undefined).length
    }),
  )

import { Effect, Fiber, Queue } from 'effect'

export default (n: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const there = yield* Queue.bounded<number>(1)
      const back = yield* Queue.bounded<number>(1)
      const echo = yield* Effect.forkChild(
        Effect.gen(function* () {
          for (let i = 0; i < n; i++) yield* Queue.offer(back, (yield* Queue.take(there)) + 1)
        }),
      )
      let count = 0
      for (let i = 0; i < n; i++) {
        yield* Queue.offer(there, count)
        count = yield* Queue.take(back)
      }
      yield* Fiber.join(echo)
      return count
    }),
  )

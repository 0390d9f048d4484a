import { Effect, Fiber, Queue } from 'effect'

export default (n: number, maxsize: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const queue = yield* Queue.bounded<number>(maxsize)
      const produce = yield* Effect.forkChild(
        Effect.gen(function* () {
          for (let i = 0; i < n; i++) yield* Queue.offer(queue, 1)
        }),
      )
      let count = 0
      for (let i = 0; i < n; i++) count += yield* Queue.take(queue)
      yield* Fiber.join(produce)
      return count
    }),
  )

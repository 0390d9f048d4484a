/** Effect has no bare timer: a fiber that sleeps is one, interrupted to call it off. */
import { Effect, Fiber } from 'effect'
import { isCalledOff, timerMs } from '../../scattered.ts'

export default (n: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      let count = 0
      const fired = Effect.sync(() => void count++)
      const fibers = []
      for (let i = 0; i < n; i++) {
        fibers.push(yield* Effect.forkChild(Effect.andThen(Effect.sleep(timerMs(i)), fired)))
      }
      yield* Effect.yieldNow
      const calledOff = fibers.filter((_, i) => isCalledOff(i))
      yield* Fiber.interruptAll(calledOff)
      count += calledOff.length
      while (count < n) yield* Effect.sleep(10)
      return count
    }),
  )

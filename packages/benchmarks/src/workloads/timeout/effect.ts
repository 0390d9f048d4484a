import { Effect } from 'effect'

export default (n: number, turns: number): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const body = Effect.timeout(Effect.as(turns === 0 ? Effect.void : Effect.yieldNow, 1), 10_000)
      let count = 0
      for (let i = 0; i < n; i++) count += yield* body
      return count
    }),
  )

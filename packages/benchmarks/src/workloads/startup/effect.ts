import { Effect } from 'effect'

await Effect.runPromise(Effect.yieldNow)

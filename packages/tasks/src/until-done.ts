import { Future } from '@asyncio-ts/core'
import { wake } from '@asyncio-ts/core/primitives'
import type { Coroutine, FutureLike } from '@asyncio-ts/core'

/**
 * Waits until a future is done, whatever its outcome. Cancelling the wait leaves the future alone.
 *
 * @param end - called once the future is watched; makes it end
 */
export function* untilDone(future: FutureLike<unknown>, end?: () => void): Coroutine<void> {
  if (future.done()) return
  const done = new Future<void>({ loop: future.getLoop() })
  const onDone = (): void => wake(done)
  future.addDoneCallback(onDone)
  try {
    end?.()
    yield* done
  } finally {
    future.removeDoneCallback(onDone)
  }
}

import { coroutine, isCoroutine, isFuture } from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject, FutureLike } from '@asyncio-ts/core'

/** A loop that may have to stand still. */
export interface HoldsClock {
  holdClock?(): { release(): void }
  _noteHostUse?(): void
}

/**
 * Keeps time still on a virtual loop while the host does what `begin` asks it for.
 *
 * @returns what `begin` returns, in the case of a coroutine one that does the same
 */
export function holdClockIn<R>(loop: object, begin: () => R): R {
  const { holdClock } = loop as HoldsClock
  if (holdClock === undefined) return begin()
  ;(loop as HoldsClock)._noteHostUse?.()
  const made: unknown = begin()
  if (isFuture(made)) {
    const hold = holdClock.call(loop)
    ;(made as unknown as FutureLike<unknown>).addDoneCallback(() => hold.release())
    return made as R
  }
  return (isCoroutine(made) ? held(loop as Required<HoldsClock>, made as CoroutineObject<unknown>) : made) as R
}

const held = coroutine(function* (loop: Required<HoldsClock>, made: CoroutineObject<unknown>): Coroutine<unknown> {
  const hold = loop.holdClock()
  try {
    return yield* made
  } finally {
    hold.release()
  }
})

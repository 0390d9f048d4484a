import type { Context } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/**
 * Calls `callback(...args)` for an event of the host, in a context, and lets the loop turn at once.
 *
 * To be run in the root scope: the host runs its callbacks in the asynchronous context that made a socket or wrote to
 * it, which may be that of an async function.
 */
export function inHostEvent<A extends unknown[], R>(
  loop: BaseEventLoop,
  context: Context,
  callback: (...args: A) => R,
  ...args: A
): R {
  const turnsAfter = loop._beginEvent()
  try {
    return context.run(callback, ...args)
  } finally {
    if (turnsAfter) loop._endEvent()
  }
}

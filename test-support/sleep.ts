import { coroutine, getRunningLoop } from '@asyncio-ts/core'
import { WakeTimer } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'

/** Waits `delay` seconds on the running loop; zero gives up one turn. The tests of core do without `tasks`. */
export const sleep = coroutine(function* (delay: number): Coroutine<void> {
  if (delay <= 0) {
    yield undefined
    return
  }
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const timer = new WakeTimer(future as never, loop.time() + delay, undefined)
  try {
    yield* future
  } finally {
    timer.cancel()
  }
})

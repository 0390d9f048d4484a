import type { EventLoop, FutureLike } from '@asyncio-ts/core'

/**
 * Returns a future of `loop` with the result of `future`; cancelling it cancels that one.
 *
 * An executor makes its futures on the running loop, which is another one where a loop is asked before it runs.
 */
export function futureOn<T>(loop: EventLoop, future: FutureLike<T>): FutureLike<T> {
  if (future.getLoop() === loop) return future
  const own = loop.createFuture<T>()
  own.addDoneCallback(() => {
    if (own.cancelled()) future.cancel()
  })
  future.addDoneCallback(() => {
    if (!loop.isClosed()) loop.callSoon(copyResult, future, own)
  })
  return own
}

function copyResult<T>(from: FutureLike<T>, to: FutureLike<T>): void {
  if (to.done()) return
  if (from.cancelled()) {
    to.cancel()
    return
  }
  const error = from.exception()
  if (error === null) to.setResult(from.result())
  else to.setException(error as Error)
}

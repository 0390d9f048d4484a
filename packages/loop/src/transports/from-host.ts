import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/**
 * Makes a callback that the host may call at any time: once the loop is closed it does nothing.
 *
 * What the host still reports then is about things that closing the loop has closed.
 */
export function fromHost<A extends unknown[]>(
  loop: BaseEventLoop,
  callback: (...args: A) => void,
): (...args: A) => void {
  return (...args) => {
    if (!loop.isClosed()) callback(...args)
  }
}

import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

const openTransports = new WeakMap<BaseEventLoop, Set<() => void>>()

/**
 * Notes a transport that is open, so that a loop that is closed does not keep the process alive by it.
 *
 * @param discard - lets go of what the transport holds, without a word to the protocol
 * @returns forgets the transport
 */
export function noteOpen(loop: BaseEventLoop, discard: () => void): () => void {
  let open = openTransports.get(loop)
  if (open === undefined) openTransports.set(loop, (open = new Set()))
  open.add(discard)
  return () => open.delete(discard)
}

/** Lets go of what the open transports of a loop hold. */
export function discardOpen(loop: BaseEventLoop): void {
  const open = openTransports.get(loop)
  openTransports.delete(loop)
  for (const discard of open ?? []) discard()
}

import type { EventLoop, Transport } from '@asyncio-ts/core'

/** A connection, and the loop that it belongs to. */
interface Watched {
  readonly transport: Transport
  readonly loop: EventLoop
}

const registry = new FinalizationRegistry<Watched>(({ transport, loop }) => {
  if (transport.isClosing()) return
  console.warn(
    `unclosed StreamWriter of ${String(transport.getExtraInfo('peername', 'a connection'))}: it is closed now.`,
  )
  // Closing a loop has closed its connections: nothing can be scheduled there any more.
  if (!loop.isClosed()) transport.close()
})

/** Closes the connection, with a warning, when its writer is collected before it was closed. */
export function watchUnclosed(writer: object, transport: Transport, loop: EventLoop): void {
  registry.register(writer, { transport, loop }, writer)
}

export function forgetUnclosed(writer: object): void {
  registry.unregister(writer)
}

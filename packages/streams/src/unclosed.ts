import type { Transport } from '@asyncio-ts/core'

const registry = new FinalizationRegistry<Transport>((transport) => {
  if (transport.isClosing()) return
  console.warn(
    `unclosed StreamWriter of ${String(transport.getExtraInfo('peername', 'a connection'))}: it is closed now.`,
  )
  transport.close()
})

/** Closes the connection, with a warning, when its writer is collected before it was closed. */
export function watchUnclosed(writer: object, transport: Transport): void {
  registry.register(writer, transport, writer)
}

export function forgetUnclosed(writer: object): void {
  registry.unregister(writer)
}

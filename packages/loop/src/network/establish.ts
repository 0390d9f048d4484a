import { copyContext } from '@asyncio-ts/core'
import type { Coroutine, StreamProtocol } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import type { NetworkEventLoop } from './network-event-loop.ts'
import { SocketTransport } from './socket-transport.ts'
import type { StreamTransport } from './stream-transport.ts'

/**
 * Gives a connected socket a protocol, and waits until that has been told of its transport.
 *
 * **Cancellation** The connection is closed.
 */
export function* establish<P extends StreamProtocol>(
  loop: NetworkEventLoop,
  socket: Socket,
  protocolFactory: () => P,
  path?: { readonly local: string; readonly remote: string },
): Coroutine<[transport: SocketTransport, protocol: P]> {
  const context = copyContext()
  let protocol
  try {
    protocol = protocolFactory()
  } catch (error) {
    socket.destroy()
    throw error
  }
  const transport = new SocketTransport({ loop, owner: loop, socket, protocol, context, path })
  yield* begun(transport)
  return [transport, protocol]
}

/** Waits until the protocol has been told of its transport. */
export function* begun(transport: StreamTransport): Coroutine<void> {
  const made = transport._loop.createFuture<void>()
  transport._begin(made)
  try {
    yield* made
  } catch (error) {
    transport.close()
    throw error
  }
}

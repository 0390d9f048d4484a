import { coroutine } from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject, DatagramOptions, DatagramProtocol } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { openDatagramSocket } from './open-datagram-socket.ts'
import { UdpTransport } from './udp-transport.ts'

/** @see NetworkLoop.createDatagramEndpoint */
export const createDatagramEndpoint = /* @__PURE__ */ coroutine(function* createDatagramEndpoint(
  loop: BaseEventLoop,
  protocolFactory: () => DatagramProtocol,
  options: DatagramOptions = {},
): Coroutine<[UdpTransport, DatagramProtocol]> {
  const { socket, remote } = yield* openDatagramSocket(loop, options)
  const waiter = loop.createFuture<void>()
  let transport
  let isConnected = false
  try {
    const protocol = protocolFactory()
    transport = new UdpTransport({ loop, socket, protocol, remote, waiter })
    yield* waiter
    isConnected = true
    return [transport, protocol]
  } finally {
    if (transport === undefined) socket.close()
    else if (!isConnected) transport.close()
  }
}) as <P extends DatagramProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  options?: DatagramOptions,
) => CoroutineObject<[UdpTransport, P]>

import type {
  CoroutineObject,
  DatagramOptions,
  DatagramProtocol,
  DatagramTransport,
  NetworkLoop,
} from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { createDatagramEndpoint } from './create-datagram-endpoint.ts'

/** The part of a loop that sends and receives datagrams. */
export class Datagrams implements Pick<NetworkLoop, 'createDatagramEndpoint'> {
  readonly #loop: BaseEventLoop

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  createDatagramEndpoint<P extends DatagramProtocol>(
    protocolFactory: () => P,
    options?: DatagramOptions,
  ): CoroutineObject<[transport: DatagramTransport, protocol: P]> {
    return createDatagramEndpoint(this.#loop, protocolFactory, options)
  }
}

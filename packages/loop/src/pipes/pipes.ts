import type {
  BaseProtocol,
  CoroutineObject,
  NetworkLoop,
  Protocol,
  ReadTransport,
  WriteTransport,
} from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { connectReadPipe, connectWritePipe } from './connect-pipe.ts'

/** The part of a loop that reads and writes pipes. */
export class Pipes implements Pick<NetworkLoop, 'connectReadPipe' | 'connectWritePipe'> {
  readonly #loop: BaseEventLoop

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  connectReadPipe<P extends Protocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: ReadTransport, protocol: P]> {
    return connectReadPipe(this.#loop, protocolFactory, pipe)
  }

  connectWritePipe<P extends BaseProtocol>(
    protocolFactory: () => P,
    pipe: unknown,
  ): CoroutineObject<[transport: WriteTransport, protocol: P]> {
    return connectWritePipe(this.#loop, protocolFactory, pipe)
  }
}

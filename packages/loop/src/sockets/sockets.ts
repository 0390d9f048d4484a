import type { Address, BaseTransport, CoroutineObject, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { SendableFile } from './file-blocks.ts'
import { sendfile } from './sendfile.ts'
import type { SendfileOptions } from './sendfile.ts'
import * as operations from './sock-operations.ts'
import { sockSendfile } from './sock-sendfile.ts'
import type { SocketLoop } from './socket-loop.ts'
import type { Socket } from './socket.ts'

/** The part of a loop that works with plain sockets, and that sends files. */
export class Sockets implements SocketLoop {
  readonly #loop: BaseEventLoop

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  sendfile(transport: BaseTransport, file: SendableFile, options: SendfileOptions = {}): CoroutineObject<number> {
    return sendfile(this.#loop, transport, file, options)
  }

  sockConnect(socket: Socket, address: SocketAddress): CoroutineObject<void> {
    return operations.sockConnect(this.#loop, socket, address)
  }

  sockAccept(socket: Socket): CoroutineObject<[connection: Socket, address: SocketAddress]> {
    return operations.sockAccept(this.#loop, socket)
  }

  sockRecv(socket: Socket, maxBytes: number): CoroutineObject<Uint8Array> {
    return operations.sockRecv(this.#loop, socket, maxBytes)
  }

  sockRecvInto(socket: Socket, buffer: Uint8Array): CoroutineObject<number> {
    return operations.sockRecvInto(this.#loop, socket, buffer)
  }

  sockSendall(socket: Socket, data: Uint8Array | string): CoroutineObject<void> {
    return operations.sockSendall(this.#loop, socket, data)
  }

  sockRecvfrom(socket: Socket, maxBytes: number): CoroutineObject<[data: Uint8Array, address: Address]> {
    return operations.sockRecvfrom(this.#loop, socket, maxBytes)
  }

  sockRecvfromInto(
    socket: Socket,
    buffer: Uint8Array,
    maxBytes?: number,
  ): CoroutineObject<[byteCount: number, address: Address]> {
    return operations.sockRecvfromInto(this.#loop, socket, buffer, maxBytes)
  }

  sockSendto(socket: Socket, data: Uint8Array | string, address: Address): CoroutineObject<number> {
    return operations.sockSendto(this.#loop, socket, data, address)
  }

  sockSendfile(socket: Socket, file: SendableFile, options: SendfileOptions = {}): CoroutineObject<number> {
    return sockSendfile(this.#loop, socket, file, options)
  }
}

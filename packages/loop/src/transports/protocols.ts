/** Base classes of protocols: what a transport calls, doing nothing. */
import { NotImplementedError } from '@asyncio-ts/core'
import type * as contract from '@asyncio-ts/core'

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.BaseProtocol */
export class BaseProtocol implements contract.BaseProtocol {
  connectionMade(_transport: contract.BaseTransport): void {
    return undefined
  }

  connectionLost(_error: Error | null): void {
    return undefined
  }

  pauseWriting(): void {
    return undefined
  }

  resumeWriting(): void {
    return undefined
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.Protocol */
export class Protocol extends BaseProtocol implements contract.Protocol {
  dataReceived(_data: Uint8Array): void {
    return undefined
  }

  eofReceived(): boolean | void {
    return undefined
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.BufferedProtocol */
export class BufferedProtocol extends BaseProtocol implements contract.BufferedProtocol {
  getBuffer(_sizeHint: number): Uint8Array {
    throw new NotImplementedError('A BufferedProtocol overrides getBuffer(), which gives the buffer to read into.')
  }

  bufferUpdated(_byteCount: number): void {
    return undefined
  }

  eofReceived(): boolean | void {
    return undefined
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.DatagramProtocol */
export class DatagramProtocol extends BaseProtocol implements contract.DatagramProtocol {
  datagramReceived(_data: Uint8Array, _address: readonly [host: string, port: number]): void {
    return undefined
  }

  errorReceived(_error: Error): void {
    return undefined
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.SubprocessProtocol */
export class SubprocessProtocol extends BaseProtocol {
  pipeDataReceived(_fd: number, _data: Uint8Array): void {
    return undefined
  }

  pipeConnectionLost(_fd: number, _error: Error | null): void {
    return undefined
  }

  processExited(): void {
    return undefined
  }
}

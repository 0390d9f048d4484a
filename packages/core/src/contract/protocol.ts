import type { SocketAddress } from './address.ts'
import type { BaseTransport } from './transport.ts'

/** What every protocol hears from its transport. */
export interface BaseProtocol {
  connectionMade(transport: BaseTransport): void
  /** Called exactly once: with `null` after a clean end, with the error otherwise. */
  connectionLost(error: Error | null): void
  pauseWriting(): void
  resumeWriting(): void
}

/** Receives a stream of bytes. */
export interface Protocol extends BaseProtocol {
  dataReceived(data: Uint8Array): void
  /** Returns true to keep the transport open for writing. */
  eofReceived(): boolean | void
}

/** Receives a stream of bytes in buffers of its own. */
export interface BufferedProtocol extends BaseProtocol {
  getBuffer(sizeHint: number): Uint8Array
  bufferUpdated(byteCount: number): void
  eofReceived(): boolean | void
}

/** Receives datagrams. */
export interface DatagramProtocol extends BaseProtocol {
  datagramReceived(data: Uint8Array, address: SocketAddress): void
  errorReceived(error: Error): void
}

/** Hears of a child process and of its pipes. The exit may come before the last data. */
export interface SubprocessProtocol extends BaseProtocol {
  pipeDataReceived(fd: number, data: Uint8Array): void
  pipeConnectionLost(fd: number, error: Error | null): void
  processExited(): void
}

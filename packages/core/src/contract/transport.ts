import type { SocketAddress } from './address.ts'
import type { BaseProtocol, DatagramProtocol } from './protocol.ts'

/** What every transport has. */
export interface BaseTransport {
  close(): void
  isClosing(): boolean
  getExtraInfo(name: string, defaultValue?: unknown): unknown
  setProtocol(protocol: BaseProtocol): void
  getProtocol(): BaseProtocol
}

/** A transport that can be read from. */
export interface ReadTransport extends BaseTransport {
  isReading(): boolean
  pauseReading(): void
  resumeReading(): void
}

/** A transport that can be written to; `write` never waits. */
export interface WriteTransport extends BaseTransport {
  write(data: Uint8Array | string): void
  writelines(chunks: Iterable<Uint8Array | string>): void
  writeEof(): void
  canWriteEof(): boolean
  abort(): void
  getWriteBufferSize(): number
  getWriteBufferLimits(): [low: number, high: number]
  setWriteBufferLimits(limits?: { high?: number; low?: number }): void
}

/** A connection, in both directions. */
export interface Transport extends ReadTransport, WriteTransport {}

/** A socket that sends and receives single messages. */
export interface DatagramTransport extends BaseTransport {
  sendto(data: Uint8Array | string, address?: SocketAddress): void
  abort(): void
  getWriteBufferSize(): number
  getWriteBufferLimits(): [low: number, high: number]
  setWriteBufferLimits(limits?: { high?: number; low?: number }): void
  getProtocol(): DatagramProtocol
}

/** A child process, with a transport for each of its pipes. */
export interface SubprocessTransport extends BaseTransport {
  getPid(): number
  /** `null` while the child runs; `-N` when signal N ended it. */
  getReturncode(): number | null
  getPipeTransport(fd: number): BaseTransport | null
  sendSignal(signal: string | number): void
  terminate(): void
  kill(): void
}

import type { SocketAddress } from './address.ts'
import type { BaseProtocol, DatagramProtocol } from './protocol.ts'
import type { Ssl } from './tls-options.ts'

/** What transports know about themselves, by name. Each knows only some of it. */
export interface ExtraInfo {
  peername: SocketAddress
  sockname: SocketAddress
  /** The socket of the host. */
  socket: object
  /** The TLS options that were given. */
  sslcontext: Ssl
  /** The `tls.TLSSocket` of the host. */
  ssl_object: object
  peercert: object
  cipher: { name: string; standardName: string; version: string }
  compression: null
  pipe: unknown
  /** The `ChildProcess` of the host. */
  subprocess: object
}

/** What every transport has. */
export interface BaseTransport {
  close(): void
  isClosing(): boolean
  /**
   * Tells something about the transport.
   *
   * @param defaultValue - returned when the transport does not know; `undefined` when absent
   */
  getExtraInfo<Name extends keyof ExtraInfo>(name: Name): ExtraInfo[Name] | undefined
  getExtraInfo<Name extends keyof ExtraInfo, Default>(name: Name, defaultValue: Default): ExtraInfo[Name] | Default
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

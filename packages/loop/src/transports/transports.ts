/** Base classes of transports: every method has to be overridden. */
import { NotImplementedError } from '@asyncio-ts/core'
import type * as contract from '@asyncio-ts/core'

/** Not in a private field, by which TypeScript would tell these classes from the interfaces of the same names. */
const extraInfo = new WeakMap<BaseTransport, Readonly<Record<string, unknown>>>()

function missing(transport: object, method: string): never {
  throw new NotImplementedError(`${transport.constructor.name} does not implement ${method}().`)
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.BaseTransport */
export class BaseTransport implements contract.BaseTransport {
  /** @param extra - what {@link getExtraInfo} tells */
  constructor(extra?: Readonly<Record<string, unknown>>) {
    if (extra !== undefined) extraInfo.set(this, extra)
  }

  getExtraInfo<Name extends keyof contract.ExtraInfo>(name: Name): contract.ExtraInfo[Name] | undefined
  getExtraInfo<Name extends keyof contract.ExtraInfo, Default>(
    name: Name,
    defaultValue: Default,
  ): contract.ExtraInfo[Name] | Default
  getExtraInfo(name: string, defaultValue?: unknown): unknown
  getExtraInfo(name: string, defaultValue?: unknown): unknown {
    const extra = extraInfo.get(this)
    return extra !== undefined && Object.hasOwn(extra, name) ? extra[name] : defaultValue
  }

  isClosing(): boolean {
    return missing(this, 'isClosing')
  }

  close(): void {
    missing(this, 'close')
  }

  setProtocol(_protocol: contract.BaseProtocol): void {
    missing(this, 'setProtocol')
  }

  getProtocol(): contract.BaseProtocol {
    return missing(this, 'getProtocol')
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.ReadTransport */
export class ReadTransport extends BaseTransport implements contract.ReadTransport {
  isReading(): boolean {
    return missing(this, 'isReading')
  }

  pauseReading(): void {
    missing(this, 'pauseReading')
  }

  resumeReading(): void {
    missing(this, 'resumeReading')
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.WriteTransport */
export class WriteTransport extends BaseTransport implements contract.WriteTransport {
  write(_data: Uint8Array | string): void {
    missing(this, 'write')
  }

  writelines(chunks: Iterable<Uint8Array | string>): void {
    for (const chunk of chunks) this.write(chunk)
  }

  writeEof(): void {
    missing(this, 'writeEof')
  }

  canWriteEof(): boolean {
    return missing(this, 'canWriteEof')
  }

  abort(): void {
    missing(this, 'abort')
  }

  getWriteBufferSize(): number {
    return missing(this, 'getWriteBufferSize')
  }

  getWriteBufferLimits(): [low: number, high: number] {
    return missing(this, 'getWriteBufferLimits')
  }

  setWriteBufferLimits(_limits?: { high?: number; low?: number }): void {
    missing(this, 'setWriteBufferLimits')
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.Transport */
export class Transport extends WriteTransport implements contract.Transport {
  isReading(): boolean {
    return missing(this, 'isReading')
  }

  pauseReading(): void {
    missing(this, 'pauseReading')
  }

  resumeReading(): void {
    missing(this, 'resumeReading')
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.DatagramTransport */
export class DatagramTransport extends BaseTransport implements contract.DatagramTransport {
  override getProtocol(): contract.DatagramProtocol {
    return missing(this, 'getProtocol')
  }

  sendto(_data: Uint8Array | string, _address?: contract.SocketAddress): void {
    missing(this, 'sendto')
  }

  abort(): void {
    missing(this, 'abort')
  }

  getWriteBufferSize(): number {
    return missing(this, 'getWriteBufferSize')
  }

  getWriteBufferLimits(): [low: number, high: number] {
    return missing(this, 'getWriteBufferLimits')
  }

  setWriteBufferLimits(_limits?: { high?: number; low?: number }): void {
    missing(this, 'setWriteBufferLimits')
  }
}

/** @see https://docs.python.org/3/library/asyncio-protocol.html#asyncio.SubprocessTransport */
export class SubprocessTransport extends BaseTransport implements contract.SubprocessTransport {
  getPid(): number {
    return missing(this, 'getPid')
  }

  getReturncode(): number | null {
    return missing(this, 'getReturncode')
  }

  getPipeTransport(_fd: number): contract.BaseTransport | null {
    return missing(this, 'getPipeTransport')
  }

  sendSignal(_signal: string | number): void {
    missing(this, 'sendSignal')
  }

  terminate(): void {
    missing(this, 'terminate')
  }

  kill(): void {
    missing(this, 'kill')
  }
}

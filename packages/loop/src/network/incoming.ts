import { RuntimeError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { BaseProtocol, BufferedProtocol, Protocol } from '@asyncio-ts/core'

const NO_ROOM = 'getBuffer() returned an empty buffer: return one with room in it.'

/** Ends the connection because the protocol has failed. */
export type Fail = (error: unknown, method: string) => void

/** Hands what a transport receives to its protocol, in the way that the protocol wants it. */
export class Incoming {
  protocol: BaseProtocol
  readonly #fail: Fail
  #buffered: BufferedProtocol | null = null
  /** What the protocol has been asked for, to be read into by the host. */
  #armed: { readonly owner: BufferedProtocol; readonly buffer: Uint8Array } | null = null

  constructor(protocol: BaseProtocol, fail: Fail) {
    this.protocol = protocol
    this.#fail = fail
    this.setProtocol(protocol)
  }

  setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol
    const isBuffered = typeof (protocol as Partial<BufferedProtocol>).getBuffer === 'function'
    this.#buffered = isBuffered ? (protocol as BufferedProtocol) : null
  }

  get isBuffered(): boolean {
    return this.#buffered !== null
  }

  /** @param data - bytes that nobody else will write to */
  deliver(data: Uint8Array): void {
    if (this.#buffered !== null) this.#feed(this.#buffered, data)
    else this.#tell(data)
  }

  /** Delivers the first bytes of a buffer that will be read into again. */
  deliverFrom(byteCount: number, buffer: Uint8Array): void {
    const armed = this.#armed
    this.#armed = null
    if (this.#buffered === null) this.#tell(copyOfFirst(byteCount, buffer))
    else if (armed?.owner === this.#buffered && armed.buffer === buffer) this.#updated(armed.owner, byteCount)
    else this.#feed(this.#buffered, buffer.subarray(0, byteCount))
  }

  /** Where a BufferedProtocol wants to have what comes next; `null` for other protocols. */
  arm(): Uint8Array | null {
    const owner = this.#buffered
    if (owner === null) return null
    const buffer = this.#bufferOf(owner, -1)
    this.#armed = buffer === null ? null : { owner, buffer }
    return buffer
  }

  #tell(data: Uint8Array): void {
    try {
      ;(this.protocol as Protocol).dataReceived(data)
    } catch (error) {
      this.#fail(error, 'dataReceived')
    }
  }

  /** As often as the buffers of the protocol take something, until it has everything, or is gone. */
  #feed(protocol: BufferedProtocol, data: Uint8Array): void {
    let rest = data
    while (rest.byteLength > 0) {
      const buffer = this.#bufferOf(protocol, rest.byteLength)
      if (buffer === null) return
      const takenBytes = Math.min(rest.byteLength, buffer.byteLength)
      buffer.set(rest.subarray(0, takenBytes))
      rest = rest.subarray(takenBytes)
      if (!this.#updated(protocol, takenBytes)) return
    }
  }

  #bufferOf(protocol: BufferedProtocol, sizeHint: number): Uint8Array | null {
    try {
      const buffer: unknown = protocol.getBuffer(sizeHint)
      if (!(buffer instanceof Uint8Array)) {
        throw new TypeError(`getBuffer() returned ${reprOf(buffer)}: return the Uint8Array to read into.`)
      }
      if (buffer.byteLength === 0) throw new RuntimeError(NO_ROOM)
      return buffer
    } catch (error) {
      this.#fail(error, 'getBuffer')
      return null
    }
  }

  #updated(protocol: BufferedProtocol, byteCount: number): boolean {
    try {
      protocol.bufferUpdated(byteCount)
      return true
    } catch (error) {
      this.#fail(error, 'bufferUpdated')
      return false
    }
  }
}

function copyOfFirst(byteCount: number, { buffer, byteOffset }: Uint8Array): Uint8Array {
  const copy = Buffer.allocUnsafe(byteCount)
  copy.set(new Uint8Array(buffer, byteOffset, byteCount))
  return copy
}

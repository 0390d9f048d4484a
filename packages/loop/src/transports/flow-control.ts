import { ValueError } from '@asyncio-ts/core'
import { isInterruption } from '@asyncio-ts/core/primitives'
import type { BaseProtocol, BaseTransport } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

const DEFAULT_HIGH_BYTES = 64 * 1024

/** The transport whose writes are controlled. */
export interface Controlled extends BaseTransport {
  /** The bytes that wait to be written. */
  getWriteBufferSize(): number
}

/** How much a transport may hold back before it asks its protocol to pause, and when it lets it go on. */
export interface WriteBufferLimits {
  high?: number | undefined
  low?: number | undefined
}

/**
 * Asks a protocol to pause writing when more than `high` bytes wait, and to resume when no more than `low` do.
 *
 * `pauseWriting` and `resumeWriting` alternate strictly, whatever the limits are changed to meanwhile.
 */
export class FlowControl {
  readonly #loop: BaseEventLoop
  readonly #transport: Controlled
  #paused = false
  #low = 0
  #high = 0

  constructor(loop: BaseEventLoop, transport: Controlled) {
    this.#loop = loop
    this.#transport = transport
    this.#set({})
  }

  /** Whether the protocol has been asked to pause. */
  get isPaused(): boolean {
    return this.#paused
  }

  get limits(): [low: number, high: number] {
    return [this.#low, this.#high]
  }

  /** @throws ValueError unless `high >= low >= 0` */
  setLimits(limits: WriteBufferLimits): void {
    this.#set(limits)
    this.grown()
  }

  /** To be called when more bytes wait. */
  grown(): void {
    if (this.#paused || this.#transport.getWriteBufferSize() <= this.#high) return
    this.#paused = true
    this.#tell('pauseWriting')
  }

  /** To be called when fewer bytes wait. */
  shrunk(): void {
    if (!this.#paused || this.#transport.getWriteBufferSize() > this.#low) return
    this.#paused = false
    this.#tell('resumeWriting')
  }

  #set(limits: WriteBufferLimits): void {
    const high = limits.high ?? (limits.low === undefined ? DEFAULT_HIGH_BYTES : 4 * limits.low)
    const low = limits.low ?? Math.floor(high / 4)
    if (!(high >= low && low >= 0)) throw new ValueError(`high (${high}) must be >= low (${low}) must be >= 0.`)
    this.#high = high
    this.#low = low
  }

  #tell(what: 'pauseWriting' | 'resumeWriting'): void {
    const protocol: BaseProtocol = this.#transport.getProtocol()
    try {
      protocol[what]()
    } catch (exception) {
      if (isInterruption(exception)) {
        this.#loop._interrupt(exception)
        return
      }
      const message = `protocol.${what}() failed`
      this.#loop.callExceptionHandler({ message, exception, transport: this.#transport, protocol })
    }
  }
}

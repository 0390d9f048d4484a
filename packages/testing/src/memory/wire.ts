import { ConnectionResetError } from '@asyncio-ts/core'
import { LoopTimer } from '@asyncio-ts/core/primitives'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import type { NetworkDecisions } from './network-options.ts'

/** Where bytes arrive. */
export interface WireEnd {
  _arrive(chunk: Uint8Array): void
  _arriveEof(): void
  /** Hears that the connection is broken. */
  _reset(error: Error): void
  /** The other end is gone. */
  readonly _isGone: boolean
}

/** Something that is under way. It is the network's: a program that ends leaves nothing of its own behind with it. */
export class Delivery extends LoopTimer {
  readonly #deliver: () => void

  constructor(loop: KernelLoop, when: number, deliver: () => void) {
    super(loop, when)
    this.#deliver = deliver
  }

  run(): void {
    this.#deliver()
  }
}

/** One direction of a connection in memory: bytes go in at one end, and come out at the other in the same order. */
export class Wire {
  readonly #loop: KernelLoop
  readonly #decisions: NetworkDecisions
  #sender: WireEnd | null = null
  #receiver: WireEnd | null = null
  #usedBytes = 0
  /** When the last bytes arrive: later ones do not overtake them. */
  #lastArrival = 0
  #ended = false
  /** Told when there is room again. */
  onRoom: (() => void) | null = null

  constructor(loop: KernelLoop, decisions: NetworkDecisions) {
    this.#loop = loop
    this.#decisions = decisions
  }

  connect(sender: WireEnd, receiver: WireEnd): void {
    this.#sender = sender
    this.#receiver = receiver
  }

  /** How many bytes can be sent. */
  get roomBytes(): number {
    return this.#ended ? 0 : this.#decisions.windowBytes - this.#usedBytes
  }

  get isEnded(): boolean {
    return this.#ended
  }

  send(chunk: Uint8Array): void {
    this.#usedBytes += chunk.byteLength
    const arrive = (): void => this.#deliver(chunk)
    this.#later(arrive)
  }

  /** Says that nothing will follow. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    const arriveEof = (): void => this.#receiver!._arriveEof()
    this.#later(arriveEof)
  }

  /** Gives the room of bytes that have been read back. */
  release(bytes: number): void {
    this.#usedBytes -= bytes
    this.onRoom?.()
  }

  chunk(bytes: number): number {
    return this.#decisions.chunk(bytes)
  }

  #deliver(chunk: Uint8Array): void {
    const receiver = this.#receiver!
    if (receiver._isGone) {
      const bounce = (): void => this.#sender!._reset(reset('Connection reset by peer'))
      this.#later(bounce)
    } else if (this.#decisions.isLost()) {
      receiver._reset(reset('The connection was lost'))
      this.#sender!._reset(reset('The connection was lost'))
    } else receiver._arrive(chunk)
  }

  #later(callback: () => void): void {
    const arrival = Math.max(this.#lastArrival, this.#loop.time() + this.#decisions.latency())
    this.#lastArrival = arrival
    if (arrival > this.#loop.time()) new Delivery(this.#loop, arrival, callback)
    else this.#loop.callSoon(callback)
  }
}

function reset(message: string): ConnectionResetError {
  return new ConnectionResetError(message, { code: 'ECONNRESET' })
}

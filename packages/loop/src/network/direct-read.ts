/**
 * Reading into memory that is given to the host beforehand, by the documented `onread` option of `net.connect`.
 *
 * The bytes of a BufferedProtocol arrive where it wants them, without a copy and without a stream in between. Those of
 * other protocols arrive in memory that all sockets share, and are copied out of it before the host reads on: the host
 * reads and calls back in one go, so two sockets never meet there. A socket that brings much at a time is given memory
 * of its own for each read, which the protocol then keeps: a copy would need as much.
 */
import type { OnReadOpts, Socket } from 'node:net'
import { LARGE_READ_BYTES, READ_BYTES } from './constants.ts'

/** What receives the bytes of a {@link DirectRead}. */
export interface Receiver {
  /** Takes bytes that nobody else will write to. */
  receiveOwn(data: Uint8Array): void
  /** Takes the first bytes of `buffer`, before it returns. */
  receive(byteCount: number, buffer: Uint8Array): void
  /** Where to read into next, or `null` for the memory that all share. */
  nextBuffer(): Uint8Array | null
}

const reads = new WeakMap<Socket, DirectRead>()
let shared: Uint8Array | null = null

function sharedBuffer(): Uint8Array {
  return (shared ??= Buffer.allocUnsafeSlow(READ_BYTES))
}

/** How one socket is read. */
export class DirectRead {
  #receiver: Receiver | null = null
  /** Whether the last read was a large one. */
  #isLarge = false
  #own: Uint8Array | null = null

  /** Makes a socket that is read directly, where the host is known to do so. */
  static connect(open: (onread: { onread?: OnReadOpts }) => Socket): Socket {
    if (!isNode()) return open({})
    const read = new DirectRead()
    const socket = open({
      onread: {
        buffer: () => read.#receiver?.nextBuffer() ?? read.#nextBuffer(),
        callback: (byteCount, buffer) => {
          read.#received(byteCount, buffer)
          return true
        },
      },
    })
    reads.set(socket, read)
    return socket
  }

  /** How a socket is read, or `null` when it is read as a stream. */
  static of(socket: Socket): DirectRead | null {
    return reads.get(socket) ?? null
  }

  #nextBuffer(): Uint8Array {
    if (!this.#isLarge) return sharedBuffer()
    return (this.#own ??= Buffer.allocUnsafeSlow(READ_BYTES))
  }

  #received(byteCount: number, buffer: Uint8Array): void {
    this.#isLarge = byteCount >= LARGE_READ_BYTES
    const isKept = this.#isLarge && buffer === this.#own
    if (isKept || !this.#isLarge) this.#own = null
    if (isKept) this.#receiver?.receiveOwn(buffer.subarray(0, byteCount))
    else this.#receiver?.receive(byteCount, buffer)
  }

  /** From now on the bytes go there. The socket must be paused until somebody receives them. */
  attach(receiver: Receiver | null): void {
    this.#receiver = receiver
  }
}

/** Others promise Node's interfaces, and have been seen to leave this option out. */
function isNode(): boolean {
  const { versions } = process
  return versions['bun'] === undefined && versions['deno'] === undefined
}

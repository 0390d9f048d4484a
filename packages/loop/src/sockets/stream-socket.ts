import { BrokenPipeError, OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, HostActivity, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket as HostSocket } from 'node:net'
import { builtin } from '../builtin.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import { badDescriptor } from './bad-descriptor.ts'
import { resolveTarget } from './resolve-target.ts'
import { WakeList } from './wake-list.ts'

/** What is handed to the host at once: what a cancelled send may still send. */
const PIECE_BYTES = 64 * 1024

const NOTHING = new Uint8Array(0)

/**
 * A TCP or Unix socket of the host that is read on demand: bytes stay with the host until somebody asks for them.
 */
export class StreamSocket implements OpenResource {
  readonly type = 'stream'
  #host: HostSocket | null
  readonly #readable = new WakeList()
  readonly #writable = new WakeList()
  #isTaking = false
  #closed = false
  #error: Error | null = null

  /** @param host - connected; made by {@link connect} when absent */
  constructor(host: HostSocket | null = null) {
    this.#host = host
    if (host !== null) this.#listen(host)
  }

  get host(): HostSocket | null {
    return this.#host
  }

  get sockname(): SocketAddress | null {
    const { localAddress, localPort } = this.#connected()
    return localAddress === undefined ? '' : [localAddress, localPort ?? 0]
  }

  get peername(): SocketAddress | null {
    const { remoteAddress, remotePort } = this.#connected()
    return remoteAddress === undefined ? '' : [remoteAddress, remotePort ?? 0]
  }

  *connect(loop: BaseEventLoop, address: SocketAddress): Coroutine<void> {
    this.#checkConnectable()
    const target = yield* resolveTarget(loop, address)
    // Another connect, or a close, may have come while the name was looked up.
    this.#checkConnectable()
    const host = new (builtin('node:net').Socket)({ allowHalfOpen: true })
    host.unref()
    this.#host = host
    this.#error = null
    this.#listen(host)
    let isConnected = false
    try {
      host.connect({ ...target, keepAlive: false })
      while (host.connecting && this.#error === null && !this.#closed) yield* this.#writable.wait(loop)
      this.#check()
      isConnected = true
    } finally {
      if (!isConnected) {
        host.destroy()
        this.#host = null
      }
    }
  }

  #checkConnectable(): void {
    if (this.#closed) throw badDescriptor()
    if (this.#host !== null) throw new OSError('The socket is connected already.', { code: 'EISCONN' })
  }

  /** Takes up to `maxBytes`, waiting for the first of them; nothing at the end of the stream. */
  *recv(loop: BaseEventLoop, maxBytes: number): Coroutine<Uint8Array> {
    const host = this.#connected()
    if (maxBytes === 0) return NOTHING
    for (;;) {
      const size = Math.min(maxBytes, host.readableLength)
      if (size > 0) return this.#take(host, size)
      if (host.readableEnded) return NOTHING
      this.#check()
      if (host.destroyed) return NOTHING
      host.resume()
      yield* this.#readable.wait(loop)
    }
  }

  #take(host: HostSocket, size: number): Buffer {
    this.#isTaking = true
    try {
      return host.read(size) as Buffer
    } finally {
      this.#isTaking = false
    }
  }

  /** Hands bytes to the host piece by piece, each when the system has taken the one before. */
  *sendall(loop: BaseEventLoop, data: Uint8Array): Coroutine<void> {
    const host = this.#connected()
    for (let offset = 0; offset < data.byteLength; offset += PIECE_BYTES) {
      this.#check()
      if (!host.writable) throw shutDown()
      // Bytes that nobody takes would keep the process alive, whatever has become of the loop.
      resourcesOf(loop).add(this)
      host.write(Buffer.from(data.subarray(offset, offset + PIECE_BYTES)), () => {
        if (host.writableLength === 0) resourcesOf(loop).delete(this)
        this.#writable.wake()
      })
      while (host.writableLength > 0) {
        yield* this.#writable.wait(loop)
        this.#check()
        if (host.destroyed) throw shutDown()
      }
    }
  }

  shutdown(): void {
    this.#connected().end()
  }

  /** Gives the socket of the host away, with the bytes that have come already. */
  detach(): HostSocket {
    const host = this.#connected()
    host.pause().off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose).ref()
    this.#closed = true
    this.#wakeAll()
    return host
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#host?.destroySoon()
    this.#wakeAll()
  }

  /** The loop is closed while bytes are on their way. */
  get _activity(): HostActivity {
    return 'open'
  }

  _discard(): void {
    this.#host?.destroy()
  }

  #connected(): HostSocket {
    if (this.#closed) throw badDescriptor()
    if (this.#host === null) throw new OSError('Transport endpoint is not connected.', { code: 'ENOTCONN' })
    return this.#host
  }

  #check(): void {
    if (this.#closed) throw badDescriptor()
    if (this.#error !== null) throw this.#error
  }

  #listen(host: HostSocket): void {
    host.pause().on('data', this.#onData)
    host.on('end', this.#onEnd).on('connect', this.#onConnect).on('close', this.#onClose)
    host.on('error', (error) => {
      if (host !== this.#host) return
      this.#error = osErrorOf(error)
      this.#wakeAll()
    })
  }

  /** The host gives bytes unasked: they go back until they are asked for. What is being taken is told as well. */
  readonly #onData = (chunk: Buffer): void => {
    if (this.#isTaking) return
    this.#host!.pause().unshift(chunk)
    this.#readable.wake()
  }

  readonly #onEnd = (): void => this.#readable.wake()

  readonly #onConnect = (): void => this.#writable.wake()

  readonly #onClose = (): void => this.#wakeAll()

  #wakeAll(): void {
    this.#readable.wake()
    this.#writable.wake()
  }
}

function shutDown(): BrokenPipeError {
  return new BrokenPipeError('Broken pipe: the socket has been shut down for writing.', { code: 'EPIPE' })
}

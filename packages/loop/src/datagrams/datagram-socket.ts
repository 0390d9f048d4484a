import { ValueError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Address, Coroutine, Future } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { RemoteInfo, Socket, SocketOptions } from 'node:dgram'
import type { LookupFunction } from 'node:net'
import { builtin } from '../builtin.ts'
import { familyOfHost } from '../names/check-host.ts'

/** Who hears what a socket receives. */
export interface DatagramListener {
  message: (data: Uint8Array, from: RemoteInfo) => void
  error: (error: Error) => void
  close: () => void
}

/** How a socket is made. */
export interface NewDatagramSocket {
  family: 4 | 6
  reusePort?: boolean | undefined
}

/** Whether a host is an address, and needs no look-up. */
export function isLiteral(host: string): boolean {
  return familyOfHost(host) !== 0
}

/**
 * A datagram socket of the host, from its making until somebody listens.
 *
 * A host reads as soon as a socket is bound and drops what nobody hears: it is kept here until it can be delivered.
 */
export class DatagramSocket {
  readonly host: Socket
  #listener: DatagramListener | null = null
  #early: ((listener: DatagramListener) => void)[] = []
  /** What is being waited for: the socket's errors belong to it. */
  #pending: Future<void> | null = null

  constructor(host: Socket) {
    this.host = host
    host.on('message', this.#onMessage).on('close', this.#onClose).on('error', this.#onError)
  }

  /** @throws ValueError when `reusePort` is asked for and the host does not have it */
  static make({ family, reusePort }: NewDatagramSocket): DatagramSocket {
    if (reusePort && !hasReusePort()) {
      throw new ValueError('reusePort is not supported by this host: it needs Node 22.12, or 23.1 and later.')
    }
    const options = { type: `udp${family}`, lookup, ...(reusePort && { reusePort }) } as SocketOptions
    return new DatagramSocket(builtin('node:dgram').createSocket(options))
  }

  /** The address it is bound to; `null` when it is not. */
  get sockname(): Address | null {
    return addressOf(() => this.host.address(), 'EBADF')
  }

  /** The address it is connected to; `null` when it is not. */
  get peername(): Address | null {
    return addressOf(() => this.host.remoteAddress(), 'ERR_SOCKET_DGRAM_NOT_CONNECTED')
  }

  /** What the host holds back: bytes, and datagrams. Nothing on a socket that somebody has closed. */
  get waiting(): [bytes: number, count: number] {
    try {
      return [this.host.getSendQueueSize(), this.host.getSendQueueCount()]
    } catch (error) {
      if (error instanceof TypeError) return [0, 0]
      throw error
    }
  }

  /** Binds the socket; to any free port where the address is absent. Waits for a bind that is under way. */
  *bind(loop: BaseEventLoop, address: Address | null): Coroutine<void> {
    const [host, port] = address ?? [undefined, 0]
    yield* this.#wait(loop, (done) => {
      this.host.once('listening', done)
      try {
        this.host.bind({ port, ...(host !== undefined && { address: host }), exclusive: true })
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_SOCKET_ALREADY_BOUND') throw error
      }
    })
  }

  *connect(loop: BaseEventLoop, [host, port]: Address): Coroutine<void> {
    yield* this.#wait(loop, (done) => this.host.connect(port, host, done as () => void))
  }

  /** Delivers what has come already, then everything that comes. */
  deliver(listener: DatagramListener): void {
    const early = this.#early
    this.#early = []
    this.#listener = listener
    for (const event of early) event(listener)
  }

  /** Gives the socket of the host away. */
  detach(): Socket {
    return this.host.off('message', this.#onMessage).off('close', this.#onClose).off('error', this.#onError)
  }

  /** Closes the socket, if it is open. */
  close(): void {
    try {
      this.host.close()
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING') throw error
    }
  }

  #tell(event: (listener: DatagramListener) => void): void {
    if (this.#listener === null) this.#early.push(event)
    else event(this.#listener)
  }

  readonly #onMessage = (data: Uint8Array, from: RemoteInfo): void => {
    this.#tell((listener) => listener.message(data, from))
  }

  readonly #onClose = (): void => this.#tell((listener) => listener.close())

  readonly #onError = (error: Error): void => {
    if (this.#pending !== null) settle(this.#pending, error)
    else this.#tell((listener) => listener.error(error))
  };

  *#wait(loop: BaseEventLoop, start: (done: (error?: Error) => void) => void): Coroutine<void> {
    const future = loop.createFuture<void>()
    this.#pending = future
    try {
      start((error) => settle(future, error))
      yield* future
    } finally {
      this.#pending = null
    }
  }
}

function settle(future: Future<void>, error: Error | undefined): void {
  if (future.done()) return
  if (error) future.setException(osErrorOf(error))
  else future.setResult()
}

function addressOf(ask: () => { address: string; port: number }, codeOfNone: string): Address | null {
  try {
    const { address, port } = ask()
    return [address, port]
  } catch (error) {
    if ((error as { code?: string }).code === codeOfNone) return null
    throw osErrorOf(error)
  }
}

function hasReusePort(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)
}

/** Looks names up; an address at once, so that a datagram to one is sent before `sendto` returns. */
const lookup: LookupFunction = (hostname, options, callback) => {
  const family = builtin('node:net').isIP(hostname)
  if (family !== 0) callback(null, hostname, family)
  else builtin('node:dns').lookup(hostname, options, callback)
}

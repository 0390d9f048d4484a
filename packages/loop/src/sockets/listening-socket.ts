import { OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Server as HostServer, Socket as HostSocket } from 'node:net'
import { builtin } from '../builtin.ts'
import { badDescriptor } from './bad-descriptor.ts'
import { resolveTarget } from './resolve-target.ts'
import { WakeList } from './wake-list.ts'

/** How many connections wait when the program does not say. */
const BACKLOG = 100

/** How a socket listens. */
export interface ListeningOptions {
  /** How many connections may wait to be accepted; 100 when absent. One that is too many is closed. */
  backlog?: number | undefined
}

/** A listening socket of the host, with the connections that nobody has asked for yet. */
export class ListeningSocket {
  readonly type = 'stream'
  readonly host: HostServer
  readonly #waiting = new WakeList()
  readonly #accepted: HostSocket[] = []
  readonly #backlog: number
  #closed = false
  #error: Error | null = null

  private constructor(host: HostServer, backlog: number = BACKLOG) {
    this.host = host
    this.#backlog = backlog
    host.unref()
    host.on('connection', this.#onConnection).on('error', this.#onError)
    host.on('listening', this.#onListening).on('close', this.#onClose)
  }

  /** Takes over a server of the host; connections that it has accepted before are not seen. */
  static of(host: HostServer): ListeningSocket {
    return new ListeningSocket(host)
  }

  static *listen(loop: BaseEventLoop, address: SocketAddress, options: ListeningOptions): Coroutine<ListeningSocket> {
    const target = yield* resolveTarget(loop, address, ['AI_PASSIVE'])
    const server = builtin('node:net').createServer({ pauseOnConnect: true, allowHalfOpen: true })
    const listening = new ListeningSocket(server, options.backlog)
    let isListening = false
    try {
      server.listen({ ...target, backlog: options.backlog ?? BACKLOG, exclusive: true })
      while (!server.listening && listening.#error === null) yield* listening.#waiting.wait(loop)
      if (listening.#error !== null) throw listening.#error
      isListening = true
      return listening
    } finally {
      if (!isListening) listening.close()
    }
  }

  get sockname(): SocketAddress | null {
    const address = this.host.address()
    if (address === null) throw badDescriptor()
    return typeof address === 'string' ? address : [address.address, address.port]
  }

  get peername(): null {
    throw new OSError('Transport endpoint is not connected.', { code: 'ENOTCONN' })
  }

  /** Takes the oldest connection, waiting for one. */
  *accept(loop: BaseEventLoop): Coroutine<HostSocket> {
    for (;;) {
      if (this.#closed) throw badDescriptor()
      const connection = this.#accepted.shift()
      if (connection !== undefined) return connection
      if (this.#error !== null) throw this.#error
      yield* this.#waiting.wait(loop)
    }
  }

  /** Gives the server of the host away; it tells its new owner of the connections that nobody has asked for. */
  detach(): HostServer {
    const { host } = this
    if (this.#closed) throw badDescriptor()
    host.off('connection', this.#onConnection).off('error', this.#onError)
    host.off('listening', this.#onListening).off('close', this.#onClose)
    host.ref()
    const accepted = this.#accepted.splice(0)
    setImmediate(() => {
      for (const connection of accepted) host.emit('connection', connection.ref())
    })
    this.#closed = true
    this.#waiting.wake()
    return host
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.host.close()
    for (const connection of this.#accepted.splice(0)) connection.destroy()
    this.#waiting.wake()
  }

  readonly #onConnection = (connection: HostSocket): void => {
    // The host cannot leave a connection with the system: one too many is closed.
    if (this.#accepted.length >= this.#backlog) {
      connection.destroy()
      return
    }
    this.#accepted.push(connection.unref())
    this.#waiting.wake()
  }

  readonly #onError = (error: Error): void => {
    this.#error = osErrorOf(error)
    this.#waiting.wake()
  }

  readonly #onListening = (): void => this.#waiting.wake()

  readonly #onClose = (): void => this.close()
}

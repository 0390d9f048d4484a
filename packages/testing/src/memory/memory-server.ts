import { coroutine, isCancelled, RuntimeError } from '@asyncio-ts/core'
import type {
  Coroutine,
  CoroutineObject,
  EventLoop,
  Future,
  Server,
  ServerSocket,
  SocketAddress,
  StreamProtocol,
} from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import type { MemoryTransport } from './memory-transport.ts'

/** What a {@link MemoryServer} is made of. */
export interface MemoryServerParts {
  readonly loop: KernelLoop
  readonly protocolFactory: () => StreamProtocol
  readonly addresses: readonly SocketAddress[]
  /** Gives the addresses back. */
  readonly release: () => void
}

/** A server that is reached through a network in memory: it does what asyncio's does. */
export class MemoryServer implements Server {
  readonly #loop: KernelLoop
  readonly #factory: () => StreamProtocol
  readonly #release: () => void
  readonly #transports = new Set<MemoryTransport>()
  #sockets: readonly ServerSocket[]
  #state: 'bound' | 'serving' | 'closed' = 'bound'
  #forever: Future<void> | null = null
  #waiting: Future<void>[] = []

  constructor(parts: MemoryServerParts) {
    this.#loop = parts.loop
    this.#factory = parts.protocolFactory
    this.#release = parts.release
    this.#sockets = parts.addresses.map((address) => ({
      getsockname: () => address,
      family:
        typeof address === 'string'
          ? ('Unix' as const)
          : address[0].includes(':')
            ? ('IPv6' as const)
            : ('IPv4' as const),
    }))
  }

  getLoop(): EventLoop {
    return this.#loop
  }

  isServing(): boolean {
    return this.#state === 'serving'
  }

  get sockets(): readonly ServerSocket[] {
    return this.#sockets
  }

  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#sockets = []
    this.#release()
    if (this.#forever !== null && !this.#forever.done()) this.#forever.cancel()
    this.#forever = null
    this.#wakeIfOver()
  }

  closeClients(): void {
    for (const transport of [...this.#transports]) transport.close()
  }

  abortClients(): void {
    for (const transport of [...this.#transports]) transport.abort()
  }

  startServing(): CoroutineObject<void> {
    return startServing(this)
  }

  serveForever(): CoroutineObject<void> {
    return serveForever(this)
  }

  waitClosed(): CoroutineObject<void> {
    return waitClosed(this)
  }

  [Symbol.asyncDispose](): CoroutineObject<void> {
    this.close()
    return this.waitClosed()
  }

  _serve(): void {
    if (this.#state === 'bound') this.#state = 'serving'
  }

  _newProtocol(): StreamProtocol {
    return this.#factory()
  }

  _attach(transport: MemoryTransport): void {
    this.#transports.add(transport)
    transport.onLost = () => {
      this.#transports.delete(transport)
      this.#wakeIfOver()
    }
  }

  /** @throws RuntimeError when there is nothing to serve, or somebody does already */
  _newForever(): Future<void> {
    if (this.#forever !== null) throw new RuntimeError('server is already being awaited on serve_forever().')
    if (this.#state === 'closed') throw new RuntimeError('server is closed: make a new one.')
    return (this.#forever = this.#loop.createFuture<void>() as Future<void>)
  }

  /** A future that is done when everything has ended, or `null` when it has. */
  _newClosed(): Future<void> | null {
    if (this.#isOver) return null
    const future = this.#loop.createFuture<void>() as Future<void>
    this.#waiting.push(future)
    return future
  }

  get #isOver(): boolean {
    return this.#state === 'closed' && this.#transports.size === 0
  }

  #wakeIfOver(): void {
    if (!this.#isOver) return
    for (const future of this.#waiting) if (!future.done()) future.setResult()
    this.#waiting = []
  }
}

const startServing = coroutine(function* (server: MemoryServer): Coroutine<void> {
  server._serve()
  // As in CPython, where the loop begins to watch the socket a turn later.
  yield undefined
})

const serveForever = coroutine(function* (server: MemoryServer): Coroutine<void> {
  const forever = server._newForever()
  try {
    server._serve()
    yield* forever
  } catch (error) {
    if (isCancelled(error)) {
      server.close()
      server.closeClients()
      yield* waitClosed(server)
    }
    throw error
  }
})

const waitClosed = coroutine(function* (server: MemoryServer): Coroutine<void> {
  const closed = server._newClosed()
  if (closed !== null) yield* closed
})

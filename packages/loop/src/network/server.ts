/** The server of CPython's `base_events`: listening sockets, and the connections they have accepted. */
import { coroutine, isCancelled, OSError, RuntimeError } from '@asyncio-ts/core'
import type * as contract from '@asyncio-ts/core'
import type { Context, Coroutine, CoroutineObject, EventLoop, Future, ServerSocket } from '@asyncio-ts/core'
import type { Socket } from 'node:net'
import type { Listener } from './listener.ts'
import type { ConnectingLoop } from './connecting-loop.ts'
import { SocketTransport } from './socket-transport.ts'
import type { SocketTransportParts } from './socket-transport.ts'
import type { TlsAcceptor } from './tls-acceptor.ts'
import { shutdownSeconds } from './tls-limits.ts'
import { TlsTransport } from './tls-transport.ts'
import type { Tenant, TransportOwner } from './transport-owner.ts'

/** What a {@link Server} is made of. */
export interface ServerParts {
  readonly loop: ConnectingLoop
  readonly protocolFactory: () => contract.StreamProtocol
  /** Copied for each connection: what the callbacks of its protocol run in. */
  readonly context: Context
  readonly listeners: readonly Listener[]
  /** `null` for connections that are not encrypted. */
  readonly acceptor: TlsAcceptor | null
}

/** A connection whose handshake is not over: it has nothing to flush. */
class PendingHandshake implements Tenant {
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
  }

  close(): void {
    this.#socket.destroy()
  }

  abort(): void {
    this.#socket.destroy()
  }

  _destroy(): void {
    this.#socket.destroy()
  }
}

/**
 * Sockets that accept connections, as `asyncio.Server`.
 *
 * Closing it stops listening and leaves the connections alone. Made by `loop.createServer()` and its kin.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server
 */
export class Server implements contract.Server, TransportOwner {
  readonly #loop: ConnectingLoop
  readonly #factory: () => contract.StreamProtocol
  readonly #context: Context
  readonly #acceptor: TlsAcceptor | null
  readonly #tenants = new Set<Tenant>()
  #listeners: readonly Listener[] | null
  #serving = false
  #forever: Future<void> | null = null
  #closed: Future<void>[] | null = []

  constructor(parts: ServerParts) {
    this.#loop = parts.loop
    this.#factory = parts.protocolFactory
    this.#context = parts.context
    this.#listeners = parts.listeners
    this.#acceptor = parts.acceptor
    this.#loop._servers.add(this)
    for (const listener of this.#listeners) listener.onSocket = (socket) => this.#accept(socket, listener)
  }

  getLoop(): EventLoop {
    return this.#loop
  }

  isServing(): boolean {
    return this.#serving
  }

  /** The listening sockets; none once the server is closed. */
  get sockets(): readonly ServerSocket[] {
    return this.#listeners ?? []
  }

  /**
   * Stops listening. Connections stay as they are; `serveForever` ends.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.close
   */
  close(): void {
    const listeners = this.#listeners
    if (listeners === null) return
    this.#listeners = null
    for (const listener of listeners) listener.close()
    this.#serving = false
    if (this.#forever !== null && !this.#forever.done()) this.#forever.cancel()
    this.#forever = null
    this.#wakeIfOver()
  }

  /**
   * Closes the connections: what was written is sent first.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.close_clients
   */
  closeClients(): void {
    for (const tenant of [...this.#tenants]) tenant.close()
  }

  /**
   * Breaks the connections off: what has not been sent is lost.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.abort_clients
   */
  abortClients(): void {
    for (const tenant of [...this.#tenants]) tenant.abort()
  }

  /**
   * Begins to accept connections. Nothing happens when the server does already.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.start_serving
   */
  startServing(): CoroutineObject<void> {
    return startServing(this)
  }

  /**
   * Accepts connections until the server is closed or the task is cancelled.
   *
   * @throws RuntimeError when it is called a second time, or the server is closed
   *
   * **Cancellation** The server and its connections are closed, and waited for.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.serve_forever
   */
  serveForever(): CoroutineObject<void> {
    return serveForever(this)
  }

  /**
   * Waits until the server is closed and its last connection has ended.
   *
   * **Cancellation** Only the wait ends.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.wait_closed
   */
  waitClosed(): CoroutineObject<void> {
    return waitClosed(this)
  }

  /** Closes the server and waits as {@link waitClosed} does. */
  [Symbol.asyncDispose](): CoroutineObject<void> {
    this.close()
    return this.waitClosed()
  }

  _serve(): void {
    if (this.#serving || this.#listeners === null) return
    this.#serving = true
    for (const listener of this.#listeners) listener.open()
  }

  /** @throws RuntimeError when there is nothing to serve, or somebody does already */
  _newForever(): Future<void> {
    if (this.#forever !== null) throw new RuntimeError('server is already being awaited on serve_forever().')
    if (this.#listeners === null) throw new RuntimeError('server is closed: make a new one.')
    this.#forever = this.#loop.createFuture<void>()
    return this.#forever
  }

  /** A future that is done when everything has ended, or `null` when it has. */
  _newClosed(): Future<void> | null {
    if (this.#closed === null) return null
    const future = this.#loop.createFuture<void>()
    this.#closed.push(future)
    return future
  }

  _attach(tenant: Tenant): void {
    this.#tenants.add(tenant)
  }

  _detach(tenant: Tenant): void {
    this.#tenants.delete(tenant)
    this.#wakeIfOver()
  }

  /** Lets go of everything at once: the loop is closed. */
  _drop(): void {
    for (const listener of this.#listeners ?? []) listener.close()
    for (const tenant of this.#tenants) tenant._destroy()
  }

  #wakeIfOver(): void {
    if (this.#listeners !== null || this.#tenants.size > 0 || this.#closed === null) return
    this.#loop._servers.delete(this)
    for (const future of this.#closed) if (!future.done()) future.setResult()
    this.#closed = null
  }

  #accept(socket: Socket, listener: Listener): void {
    const loop = this.#loop
    const context = this.#context.copy()
    const { path } = listener
    const names = path === null ? undefined : { sockname: path, peername: '' }
    let protocol
    try {
      protocol = context.run(this.#factory)
    } catch (exception) {
      socket.destroy()
      this.#reportFailedAccept(exception)
      return
    }
    const parts = { loop, owner: this, socket, protocol, context, names }
    if (this.#acceptor === null) new SocketTransport(parts)._begin()
    else this.#encrypt(parts, this.#acceptor)
  }

  #encrypt(parts: SocketTransportParts, acceptor: TlsAcceptor): void {
    const pending = new PendingHandshake(parts.socket)
    this._attach(pending)
    acceptor.accept(parts.socket, (error, socket) => {
      if (socket === null) this.#reportFailedAccept(error)
      else {
        const { ssl, limits } = acceptor
        new TlsTransport({ ...parts, socket, ssl, shutdownSeconds: shutdownSeconds(limits) })._begin()
      }
      this._detach(pending)
    })
  }

  /** An error of the system is the other side's: worth a word in debug mode only. */
  #reportFailedAccept(exception: unknown): void {
    if (exception instanceof OSError && !this.#loop._debug) return
    const message = 'Error on transport creation for incoming connection'
    this.#loop.callExceptionHandler({ message, exception })
  }
}

const startServing = coroutine(function* (server: Server): Coroutine<void> {
  server._serve()
  // As in CPython, where the loop begins to watch the socket a turn later.
  yield undefined
})

const serveForever = coroutine(function* (server: Server): Coroutine<void> {
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

const waitClosed = coroutine(function* (server: Server): Coroutine<void> {
  const closed = server._newClosed()
  if (closed !== null) yield* closed
})

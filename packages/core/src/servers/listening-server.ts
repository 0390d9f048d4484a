/** The server of CPython's `base_events`: listening sockets, and the connections they have accepted. */
import type { SocketAddress } from '../contract/address.ts'
import type { Coroutine, CoroutineObject } from '../contract/coroutine.ts'
import type { EventLoop } from '../contract/event-loop.ts'
import type { KernelLoop } from '../contract/kernel.ts'
import type { Server, ServerSocket } from '../contract/server.ts'
import { coroutine } from '../coroutines/coroutine.ts'
import { isCancelled, RuntimeError } from '../errors/errors.ts'
import { Future } from '../futures/future.ts'
import { Connections } from './connections.ts'

/** The sockets of a server, whatever they are made of. */
export interface Listening<A extends SocketAddress = SocketAddress> {
  readonly sockets: readonly ServerSocket<A>[]
  /** Begins to accept connections: each is to be attached to `connections` until it has ended. */
  open(connections: Connections): void
  /** Stops listening. Connections stay as they are. */
  close(): void
}

/**
 * A server over whatever listens: sockets, pipes, a network in memory.
 *
 * Closing it stops listening and leaves the connections alone.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server
 */
export class ListeningServer<A extends SocketAddress = SocketAddress> implements Server<A> {
  readonly #loop: KernelLoop
  readonly #connections = new Connections(() => this.#wakeIfOver())
  #listening: Listening<A> | null
  #serving = false
  #forever: Future<void> | null = null
  /** Who waits for the end; `null` once everything has ended. */
  #waiting: Future<void>[] | null = []

  constructor(loop: KernelLoop, listening: Listening<A>) {
    this.#loop = loop
    this.#listening = listening
  }

  getLoop(): EventLoop {
    return this.#loop
  }

  isServing(): boolean {
    return this.#serving
  }

  /** The listening sockets; none once the server is closed. */
  get sockets(): readonly ServerSocket<A>[] {
    return this.#listening?.sockets ?? []
  }

  /**
   * Stops listening. Connections stay as they are; `serveForever` ends.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.close
   */
  close(): void {
    const listening = this.#listening
    if (listening === null) return
    this.#listening = null
    listening.close()
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
    this.#connections.close()
  }

  /**
   * Breaks the connections off: what has not been sent is lost.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.abort_clients
   */
  abortClients(): void {
    this.#connections.abort()
  }

  /** Begins to accept connections, without the turn that {@link startServing} takes; for those who make servers. */
  serve(): void {
    if (this.#serving || this.#listening === null) return
    this.#serving = true
    this.#listening.open(this.#connections)
  }

  /**
   * Begins to accept connections. Nothing happens when the server does already.
   *
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.start_serving
   */
  startServing(): CoroutineObject<void> {
    return ListeningServer.#startServing.call(this)
  }

  static readonly #startServing = /* @__PURE__ */ coroutine(function* (this: ListeningServer): Coroutine<void> {
    this.serve()
    // As in CPython, where the loop begins to watch the socket a turn later.
    yield undefined
  })

  /**
   * Accepts connections until the server is closed or the task is cancelled.
   *
   * @throws RuntimeError when it is called a second time, or the server is closed
   * @remarks
   * **Cancellation** The server and its connections are closed, and waited for.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.serve_forever
   */
  serveForever(): CoroutineObject<void> {
    return ListeningServer.#serveForever.call(this)
  }

  static readonly #serveForever = /* @__PURE__ */ coroutine(function* (this: ListeningServer): Coroutine<void> {
    if (this.#forever !== null) {
      throw new RuntimeError('server is already being awaited on serve_forever().')
    }
    if (this.#listening === null) throw new RuntimeError('server is closed: make a new one.')
    const forever = new Future<void>(this.#loop._own)
    this.#forever = forever
    try {
      this.serve()
      yield* forever
    } catch (error) {
      if (isCancelled(error)) {
        this.close()
        this.closeClients()
        yield* this.waitClosed()
      }
      throw error
    }
  })

  /**
   * Waits until the server is closed and its last connection has ended.
   *
   * @remarks
   * **Cancellation** Only the wait ends.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server.wait_closed
   */
  waitClosed(): CoroutineObject<void> {
    return ListeningServer.#waitClosed.call(this)
  }

  static readonly #waitClosed = /* @__PURE__ */ coroutine(function* (this: ListeningServer): Coroutine<void> {
    if (this.#waiting === null) return
    const closed = new Future<void>(this.#loop._own)
    this.#waiting.push(closed)
    yield* closed
  });

  /** Closes the server and waits as {@link waitClosed} does. */
  [Symbol.asyncDispose](): CoroutineObject<void> {
    this.close()
    return this.waitClosed()
  }

  #wakeIfOver(): void {
    if (this.#listening !== null || this.#connections.size > 0 || this.#waiting === null) return
    for (const future of this.#waiting) if (!future.done()) future.setResult()
    this.#waiting = null
  }
}

import type { SocketAddress } from './address.ts'
import type { CoroutineObject } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'

/** A listening socket, as far as it is for looking at. */
export interface ServerSocket<A extends SocketAddress = SocketAddress> {
  /** Where it listens. */
  getsockname(): A
  readonly family: 'IPv4' | 'IPv6' | 'Unix'
}

/**
 * Sockets that accept connections. Closing it stops listening and leaves the connections alone.
 *
 * @typeParam A - how its sockets are addressed: `[host, port]` for TCP, a path for Unix sockets
 */
export interface Server<A extends SocketAddress = SocketAddress> extends AsyncDisposable {
  close(): void
  closeClients(): void
  abortClients(): void
  startServing(): CoroutineObject<void>
  serveForever(): CoroutineObject<void>
  waitClosed(): CoroutineObject<void>
  isServing(): boolean
  getLoop(): EventLoop
  readonly sockets: readonly ServerSocket<A>[]
}

import type { SocketAddress } from './address.ts'
import type { CoroutineObject } from './coroutine.ts'
import type { EventLoop } from './event-loop.ts'

/** A listening socket, as far as it is for looking at. */
export interface ServerSocket {
  getsockname(): SocketAddress
  readonly family: 'IPv4' | 'IPv6' | 'Unix'
}

/** Sockets that accept connections. Closing it stops listening and leaves the connections alone. */
export interface Server extends AsyncDisposable {
  close(): void
  closeClients(): void
  abortClients(): void
  startServing(): CoroutineObject<void>
  serveForever(): CoroutineObject<void>
  waitClosed(): CoroutineObject<void>
  isServing(): boolean
  getLoop(): EventLoop
  readonly sockets: readonly ServerSocket[]
}

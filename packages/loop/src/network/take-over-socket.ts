import { ConnectionAbortedError, ValueError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, Future } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Server as NetServer, Socket } from 'node:net'
import { builtin } from '../builtin.ts'
import { resourcesOf } from '../transports/open-resources.ts'
import type { OpenResource } from '../transports/open-resources.ts'
import { fromHost } from '../transports/from-host.ts'
import { hostOf, isSocket } from '../is-socket.ts'

/** @throws TypeError when `given` is no socket that TLS or a transport could be put upon */
export function checkSocket(given: unknown): Socket {
  const net = builtin('node:net')
  const sock = hostOf(given)
  if (!(sock instanceof net.Socket)) throw new TypeError(`sock is a net.Socket of the host, got ${reprOf(sock)}.`)
  if (sock instanceof builtin('node:tls').TLSSocket) {
    throw new TypeError('sock is a TLSSocket: give the socket under it, and encrypt it with the ssl option.')
  }
  return sock
}

/**
 * @throws TypeError when `sock` is no server of the host
 * @throws ValueError when it does not listen
 */
export function checkNetServer(sock: unknown): NetServer {
  if (!(sock instanceof builtin('node:net').Server)) {
    throw new TypeError(`sock is a net.Server of the host, got ${reprOf(sock)}.`)
  }
  if (!sock.listening) throw new ValueError('sock does not listen: wait until its listen() has called back.')
  return sock
}

/**
 * Prepares a socket that the program has made for a transport: it is connected, paused, and may be half open.
 *
 * @remarks
 * **Cancellation** The socket is closed.
 */
export function* takeOverSocket(loop: BaseEventLoop, socket: Socket): Coroutine<void> {
  socket.pause()
  socket.allowHalfOpen = true
  socket.setNoDelay(true)
  if (!socket.connecting && !socket.destroyed) return
  const connected = loop.createFuture<void>()
  const settle = (): void => {
    socket.off('connect', onConnect).off('error', onError).off('close', onClose)
    // A socket that was given up may still fail; what is wrong with a good one is told by its transport.
    socket.on('error', () => undefined)
  }
  const fail = fromHost(loop, (error: Error): void => {
    settle()
    if (!connected.done()) connected.setException(osErrorOf(error))
  })
  const onConnect = fromHost(loop, (): void => {
    settle()
    if (!connected.done()) connected.setResult()
  })
  const onError = (error: Error): void => fail(error)
  const onClose = (): void => {
    fail(socket.errored ?? new ConnectionAbortedError('The socket was closed before it was connected.'))
  }
  socket.on('connect', onConnect).on('error', onError).on('close', onClose)
  if (socket.closed) onClose()
  yield* closedWithLoop(loop, socket, connected)
}

/** Waits for something that happens to a socket; closes the socket when the wait fails, or when the loop is closed. */
export function* closedWithLoop<T>(loop: BaseEventLoop, socket: Socket, wait: Future<T>): Coroutine<T> {
  const resource: OpenResource = { _discard: () => void socket.destroy(), _activity: 'open' }
  resourcesOf(loop).add(resource)
  let isDone = false
  try {
    const result = yield* wait
    isDone = true
    return result
  } finally {
    resourcesOf(loop).delete(resource)
    if (!isDone) socket.destroy()
  }
}

/** Options whose socket is one of the host. */
export function withHostSocket<O extends { sock?: object | undefined }>(options: O): O {
  return isSocket(options.sock) ? { ...options, sock: options.sock.detach() } : options
}

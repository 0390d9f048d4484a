import { copyContext } from '@asyncio-ts/core'
import type { Coroutine, StreamProtocol, UnixServerOptions } from '@asyncio-ts/core'
import type { Server as NetServer } from 'node:net'
import { BACKLOG } from './constants.ts'
import { listening, starting } from './create-server.ts'
import { Listener, newNetServer } from './listener.ts'
import type { NetworkEventLoop } from './network-event-loop.ts'
import { Server } from './server.ts'
import { TlsAcceptor } from './tls-acceptor.ts'
import { closeKeepingForeign, identityOf, isAbstract, removeStaleSocket, unixBindErrorOf } from './unix-path.ts'

function* listenAt(loop: NetworkEventLoop, path: string, options: UnixServerOptions): Coroutine<Listener> {
  const server = newNetServer({})
  const backlog = options.backlog ?? BACKLOG
  if (!isAbstract(path)) removeStaleSocket(path)
  try {
    yield* listening(loop, server, { path, backlog })
  } catch (error) {
    throw unixBindErrorOf(error, path)
  }
  return unixListener(loop, server, path, options)
}

/** @param path - `''` for a server of the host whose path is not known */
function unixListener(
  loop: NetworkEventLoop,
  server: NetServer,
  path: string,
  { backlog, cleanupSocket }: UnixServerOptions,
): Listener {
  const isFile = path !== '' && !isAbstract(path)
  const own = isFile ? identityOf(path) : null
  const removesOwn = cleanupSocket !== false
  const close = (): void => void server.close()
  const closeHost = isFile ? () => closeKeepingForeign({ path, own, removesOwn, close }) : close
  return new Listener({ loop, server, backlog, path, closeHost })
}

/** @see NetworkEventLoop.createUnixServer */
export function* createUnixServer(
  loop: NetworkEventLoop,
  protocolFactory: () => StreamProtocol,
  path: string | undefined,
  options: UnixServerOptions,
): Coroutine<Server> {
  const context = copyContext()
  const given = options.sock as NetServer | undefined
  const acceptor = options.ssl === undefined ? null : new TlsAcceptor(loop, options.ssl, options)
  const listener =
    given === undefined ? yield* listenAt(loop, path!, options) : unixListener(loop, given, pathOf(given), options)
  const server = new Server({ loop, protocolFactory, context, listeners: [listener], acceptor })
  if (options.startServing !== false) yield* starting(server)
  return server
}

function pathOf(server: NetServer): string {
  const address = server.address()
  return typeof address === 'string' ? address : ''
}

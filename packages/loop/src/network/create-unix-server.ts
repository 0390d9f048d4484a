import { copyContext } from '@asyncio-ts/core'
import { ListeningServer } from '@asyncio-ts/core/primitives'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Coroutine, StreamProtocol, UnixServerOptions } from '@asyncio-ts/core'
import type { Server as NetServer } from 'node:net'
import { isAbstract } from '../names/unix-path.ts'
import { BACKLOG } from './constants.ts'
import { listening, starting } from './create-server.ts'
import { Listener, newNetServer } from './listener.ts'
import { Acceptor } from './acceptor.ts'
import { TlsAcceptor } from './tls-acceptor.ts'
import { closeKeepingForeign, identityOf, removeStaleSocket, unixBindErrorOf } from './unix-path.ts'
import type { FileIdentity } from './unix-path.ts'

function* listenAt(loop: BaseEventLoop, path: string, options: UnixServerOptions): Coroutine<Listener> {
  const server = newNetServer({})
  const backlog = options.backlog ?? BACKLOG
  if (!isAbstract(path)) removeStaleSocket(path)
  const listener = unixListener(loop, server, path, options)
  try {
    yield* listening(loop, server, listener, { path, backlog })
  } catch (error) {
    throw unixBindErrorOf(error, path)
  }
  return listener
}

/** @param path - `''` for a server of the host whose path is not known */
function unixListener(
  loop: BaseEventLoop,
  server: NetServer,
  path: string,
  { backlog, cleanupSocket }: UnixServerOptions,
): Listener {
  let own: FileIdentity | null = null
  const close = (): void => void server.close()
  const closeHost = (): void => {
    if (own === null) close()
    else closeKeepingForeign({ path, own, removesOwn: cleanupSocket !== false, close })
  }
  const noteOwn = (): void => {
    if (path !== '' && !isAbstract(path)) own = identityOf(path)
  }
  if (server.listening) noteOwn()
  else server.once('listening', noteOwn)
  return new Listener({ loop, server, backlog, path, closeHost })
}

/** @see NetworkLoop.createUnixServer */
export function* createUnixServer(
  loop: BaseEventLoop,
  protocolFactory: () => StreamProtocol,
  path: string | undefined,
  options: UnixServerOptions,
): Coroutine<ListeningServer> {
  const context = copyContext()
  const given = options.sock as NetServer | undefined
  const tls = options.ssl === undefined ? null : new TlsAcceptor(loop, options.ssl, options)
  const listener =
    given === undefined ? yield* listenAt(loop, path!, options) : unixListener(loop, given, pathOf(given), options)
  const server = new ListeningServer(loop, new Acceptor({ loop, protocolFactory, context, listeners: [listener], tls }))
  if (options.startServing !== false) yield* starting(server)
  return server
}

function pathOf(server: NetServer): string {
  const address = server.address()
  return typeof address === 'string' ? address : ''
}

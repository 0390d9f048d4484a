import { copyContext, NotImplementedError, OSError, ValueError } from '@asyncio-ts/core'
import { ListeningServer } from '@asyncio-ts/core/primitives'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Coroutine, ServerOptions, StreamProtocol } from '@asyncio-ts/core'
import type { ListenOptions, Server as NetServer } from 'node:net'
import { checkPort } from './connection-options.ts'
import { BACKLOG } from './constants.ts'
import { listen, Listener, newNetServer } from './listener.ts'
import { checkHost } from '../names/check-host.ts'
import { resolveHost } from '../names/resolve-host.ts'
import type { Endpoint } from '../names/resolve-host.ts'
import { Acceptor } from './acceptor.ts'
import { checkNetServer } from './take-over-socket.ts'
import { TlsAcceptor } from './tls-acceptor.ts'
import { checkServerSsl, checkTlsLimits } from './tls-limits.ts'

/** Where a server listens. */
export interface ServerTarget {
  readonly host: string | readonly string[] | null
  readonly port: number
  readonly options: ServerOptions
}

/** The addresses of a host that this machine may lack: such an address is passed over. */
const ABSENT = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

function anyAddress(port: number, family: number): Endpoint[] {
  const all: Endpoint[] = [
    { host: '0.0.0.0', port, family: 4 },
    { host: '::', port, family: 6 },
  ]
  return family === 0 ? all : all.filter((each) => each.family === family)
}

function* endpointsOf(loop: BaseEventLoop, { host, port, options }: ServerTarget): Coroutine<Endpoint[]> {
  const hosts = new Set(typeof host === 'string' || host === null ? [host] : host)
  const endpoints = new Map<string, Endpoint>()
  for (const each of hosts) {
    const family = options.family ?? 0
    const found = each === null || each === '' ? anyAddress(port, family) : yield* resolveHost(loop, each, port, family)
    for (const endpoint of found) endpoints.set(endpoint.host, endpoint)
  }
  return [...endpoints.values()]
}

/** Starts to listen. **Cancellation** The socket is closed. */
export function* listening(
  loop: BaseEventLoop,
  server: NetServer,
  listener: Listener,
  options: ListenOptions,
): Coroutine<void> {
  const done = loop.createFuture<void>()
  listen(server, options, (error) => {
    // The host begins to listen though it was closed meanwhile.
    if (done.done()) server.close()
    else if (error === null) done.setResult()
    else done.setException(error)
  })
  try {
    yield* done
  } catch (error) {
    listener.close()
    throw error
  }
}

/** Says of an error which address it is about, as CPython does. */
function bindErrorOf(error: OSError, { host, port }: Endpoint): OSError {
  const message = `error while attempting to bind on address ('${host}', ${port}): ${error.message}`
  const { code, errno, syscall } = error
  const made: OSError = new (error.constructor as typeof OSError)(message, { cause: error, code, errno, syscall })
  return made
}

function* listenOn(loop: BaseEventLoop, endpoint: Endpoint, options: ServerOptions): Coroutine<Listener | null> {
  const server = newNetServer({ noDelay: true, ...(options.keepAlive === true ? { keepAlive: true } : {}) })
  const backlog = options.backlog ?? BACKLOG
  const { host, port, family } = endpoint
  const { reusePort } = options
  const where = { host, port, backlog, exclusive: true, ipv6Only: family === 6, ...(reusePort ? { reusePort } : {}) }
  const listener = new Listener({ loop, server, backlog })
  try {
    yield* listening(loop, server, listener, where)
  } catch (error) {
    if (!(error instanceof OSError)) throw error
    if (ABSENT.has(error.code ?? '')) return null
    throw bindErrorOf(error, endpoint)
  }
  return listener
}

/**
 * @throws ValueError when the options contradict each other
 * @throws NotImplementedError when this version of the host cannot do what was asked for
 */
export function checkServerOptions(host: unknown, port: unknown, options: ServerOptions): void {
  checkServerSsl(options.ssl)
  checkTlsLimits(options, options.ssl)
  if (options.sock !== undefined) {
    checkNetServer(options.sock)
    if ((host ?? port ?? undefined) !== undefined) {
      throw new ValueError('host/port and sock can not be specified at the same time')
    }
  } else if (host === undefined && port === undefined) throw new ValueError('Neither host/port nor sock were specified')
  if (port !== undefined) checkPort(port)
  for (const name of typeof host === 'string' ? [host] : Array.isArray(host) ? host : []) checkHost(String(name))
  if (options.reuseAddress === false) {
    throw new NotImplementedError('reuseAddress cannot be turned off: the host always sets SO_REUSEADDR.')
  }
  if (options.reusePort === true && !hasReusePort()) {
    throw new NotImplementedError('reusePort needs Node 22.12 or later, or 23.1 or later.')
  }
}

function hasReusePort(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)
}

/** Listens on every address of the target, or on none. */
function* listenEverywhere(loop: BaseEventLoop, target: ServerTarget): Coroutine<Listener[]> {
  const endpoints = yield* endpointsOf(loop, target)
  const listeners: Listener[] = []
  try {
    for (const endpoint of endpoints) {
      const listener = yield* listenOn(loop, endpoint, target.options)
      if (listener !== null) listeners.push(listener)
    }
    if (listeners.length === 0) {
      throw new OSError(`could not bind on any address out of ${endpoints.map((each) => each.host).join(', ')}`)
    }
  } catch (error) {
    for (const listener of listeners) listener.close()
    throw error
  }
  return listeners
}

/** @see NetworkLoop.createServer */
export function* createServer(
  loop: BaseEventLoop,
  protocolFactory: () => StreamProtocol,
  target: ServerTarget,
): Coroutine<ListeningServer> {
  const context = copyContext()
  const { options } = target
  const tls = options.ssl === undefined ? null : new TlsAcceptor(loop, options.ssl, options)
  const listeners =
    options.sock === undefined
      ? yield* listenEverywhere(loop, target)
      : [new Listener({ loop, server: options.sock as NetServer, backlog: options.backlog })]
  const server = new ListeningServer(loop, new Acceptor({ loop, protocolFactory, context, listeners, tls }))
  if (options.startServing !== false) yield* starting(server)
  return server
}

/** **Cancellation** The server is closed. */
export function* starting(server: ListeningServer): Coroutine<void> {
  try {
    yield* server.startServing()
  } catch (error) {
    server.close()
    throw error
  }
}

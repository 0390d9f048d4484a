import { OSError } from '@asyncio-ts/core'
import type { ConnectionOptions, Coroutine, StreamProtocol, Transport } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { Socket } from 'node:net'
import { builtin } from '../builtin.ts'
import { connectErrorOf } from './connect-error.ts'
import { ConnectRace } from './connect-race.ts'
import { DirectRead } from './direct-read.ts'
import { establish } from './establish.ts'
import { interleave } from './interleave.ts'
import { resolveHost } from '../names/resolve-host.ts'
import type { Endpoint } from '../names/resolve-host.ts'
import { takeOverSocket } from './take-over-socket.ts'
import type { Secrets } from './tls-handshake.ts'

/** Where to connect to, and how. */
export interface ConnectionTarget {
  readonly host: string
  readonly port: number
  readonly options: ConnectionOptions
  readonly secrets: Secrets | null
}

function* localEndpoints(loop: BaseEventLoop, options: ConnectionOptions): Coroutine<Endpoint[] | null> {
  if (options.localAddr === undefined) return null
  const [host, port] = options.localAddr
  return yield* resolveHost(loop, host, port, options.family ?? 0)
}

/** Begins to connect; from a local address of the same family, when one was asked for. */
function openSocket({ host, port, family }: Endpoint, locals: readonly Endpoint[] | null): Socket {
  const local = locals?.find((each) => each.family === family)
  if (locals !== null && local === undefined) {
    throw new OSError(`no matching local address with family=IPv${family} found`)
  }
  const from = local === undefined ? {} : { localAddress: local.host, localPort: local.port }
  const options = { host, port, family, noDelay: true, allowHalfOpen: true, ...from }
  const socket = DirectRead.connect((onread) => builtin('node:net').connect({ ...options, ...onread }))
  // Not read from before there is a transport to hear of it.
  return socket.pause()
}

/** Connects to the first address that answers. */
function* connectSocket(loop: BaseEventLoop, { host, port, options }: ConnectionTarget): Coroutine<Socket> {
  const resolved = yield* resolveHost(loop, host, port, options.family ?? 0)
  const locals = yield* localEndpoints(loop, options)
  const delay = options.happyEyeballsDelay ?? null
  const first = options.interleave ?? (delay === null ? 0 : 1)
  const endpoints = first > 0 ? interleave(resolved, first) : resolved
  const race = new ConnectRace(loop, endpoints, (endpoint) => openSocket(endpoint, locals), delay)
  let socket: Socket | null
  try {
    race.start()
    socket = yield* race.winner
  } catch (error) {
    race.stop(false)
    throw error
  }
  if (socket === null) throw connectErrorOf(race.errors, options.allErrors === true)
  return socket
}

/** @see NetworkLoop.createConnection */
export function* connectTo<P extends StreamProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  target: ConnectionTarget,
): Coroutine<[transport: Transport, protocol: P]> {
  const socket = yield* connectSocket(loop, target)
  return yield* establish(loop, protocolFactory, { socket, secrets: target.secrets })
}

/** @see NetworkLoop.createUnixConnection */
export function* connectToUnix<P extends StreamProtocol>(
  loop: BaseEventLoop,
  protocolFactory: () => P,
  path: string,
  secrets: Secrets | null,
): Coroutine<[transport: Transport, protocol: P]> {
  const options = { path, allowHalfOpen: true }
  const socket = DirectRead.connect((onread) => builtin('node:net').connect({ ...options, ...onread }))
  yield* takeOverSocket(loop, socket)
  return yield* establish(loop, protocolFactory, { socket, secrets, names: { sockname: '', peername: path } })
}

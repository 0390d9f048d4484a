import {
  ConnectionRefusedError,
  copyContext,
  coroutine,
  FileNotFoundError,
  getRunningLoop,
  NotImplementedError,
  OSError,
} from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject, Server, SocketAddress, StreamProtocol, Transport } from '@asyncio-ts/core'
import { ListeningServer } from '@asyncio-ts/core/primitives'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { connectPair } from './memory-connection.ts'
import { MemoryListener } from './memory-listener.ts'
import { NetworkDecisions } from './network-options.ts'
import type { NetworkOptions } from './network-options.ts'

const FIRST_FREE_PORT = 49152
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '::1'])
const ANY_HOSTS = new Set(['', '0.0.0.0', '::'])

/** A server in memory, and the way to it. */
export interface ReachableServer {
  readonly server: Server
  connect<P extends StreamProtocol>(protocolFactory: () => P): CoroutineObject<[transport: Transport, protocol: P]>
}

/** Where a server listens: a path, or a host and a port. */
type Place = { readonly path: string } | { readonly host: string; readonly port: number }

/**
 * The servers that can be reached from one loop, without sockets.
 *
 * Every host name leads to this network: a server that listens on `db.example` is found there, one that listens on no
 * host in particular is found under any name.
 */
export class MemoryNetwork {
  readonly #loop: KernelLoop
  readonly #decisions: NetworkDecisions
  readonly #listeners = new Map<string, MemoryListener>()
  #nextPort = FIRST_FREE_PORT

  constructor(loop: KernelLoop, options: NetworkOptions = {}) {
    this.#loop = loop
    this.#decisions = new NetworkDecisions(loop, options)
  }

  /** @throws ConnectionRefusedError when no server listens there */
  connect<P extends StreamProtocol>(factory: () => P, place: Place): CoroutineObject<[Transport, P]> {
    return connect(this, factory as () => StreamProtocol, place) as CoroutineObject<[Transport, P]>
  }

  /** @throws OSError when somebody listens there already */
  listen(factory: () => StreamProtocol, places: readonly Place[], isServing: boolean): ListeningServer {
    const keys: string[] = []
    const addresses: SocketAddress[] = []
    for (const place of places) {
      const bound = 'port' in place && place.port === 0 ? { ...place, port: this.#freePort(keys) } : place
      const key = keyOf(bound)
      if (this.#listeners.has(key) || keys.includes(key)) throw inUse(bound)
      keys.push(key)
      addresses.push('path' in bound ? bound.path : [ANY_HOSTS.has(bound.host) ? '0.0.0.0' : bound.host, bound.port])
    }
    const release = (): void => keys.forEach((key) => void this.#listeners.delete(key))
    const listener = new MemoryListener(factory, addresses, release)
    for (const key of keys) this.#listeners.set(key, listener)
    const server = new ListeningServer(this.#loop, listener)
    if (isServing) server.serve()
    return server
  }

  *_connect(factory: () => StreamProtocol, place: Place): Coroutine<[Transport, StreamProtocol]> {
    const latency = this.#decisions.latency()
    const loop = this.#loop
    const arrived = loop.createFuture<void>()
    const timer = loop.callLater(latency, () => {
      if (!arrived.done()) arrived.setResult()
    })
    try {
      yield* arrived
    } finally {
      timer.cancel()
    }
    const listener = this.#find(place)
    const protocol = factory()
    const name = 'path' in place ? place.path : ([place.host || '127.0.0.1', place.port] as const)
    const client = 'path' in place ? '' : (['127.0.0.1', this.#nextPort++] as const)
    const [near, far] = connectPair(loop, this.#decisions, {
      protocols: [protocol, listener.newProtocol()],
      names: [client, name],
      contexts: [copyContext(), copyContext()],
    })
    listener.accept(far)
    const made = loop.createFuture<void>()
    far._begin()
    near._begin(() => {
      if (!made.done()) made.setResult()
    })
    try {
      yield* made
    } catch (error) {
      near.close()
      throw error
    }
    return [near, protocol]
  }

  #find(place: Place): MemoryListener {
    const found = this.#listeners.get(keyOf(place))
    const listener = found ?? ('port' in place ? this.#listeners.get(`*:${place.port}`) : undefined)
    if (listener?.isOpen === true) return listener
    if ('path' in place && listener === undefined) {
      throw new FileNotFoundError(`connect ENOENT ${place.path}`, {
        code: 'ENOENT',
        syscall: 'connect',
        path: place.path,
      })
    }
    const where = 'path' in place ? place.path : `${place.host}:${place.port}`
    throw new ConnectionRefusedError(`connect ECONNREFUSED ${where}`, { code: 'ECONNREFUSED', syscall: 'connect' })
  }

  #freePort(taken: readonly string[]): number {
    while (taken.includes(`*:${this.#nextPort}`) || this.#listeners.has(`*:${this.#nextPort}`)) this.#nextPort++
    return this.#nextPort++
  }
}

const connect = coroutine(function* (
  network: MemoryNetwork,
  factory: () => StreamProtocol,
  place: Place,
): Coroutine<[Transport, StreamProtocol]> {
  return yield* network._connect(factory, place)
})

function keyOf(place: Place): string {
  if ('path' in place) return place.path
  const { host, port } = place
  return `${ANY_HOSTS.has(host) ? '*' : LOCAL_HOSTS.has(host) ? 'localhost' : host}:${port}`
}

function inUse(place: Place): OSError {
  const where = 'path' in place ? `'${place.path}'` : `('${place.host}', ${place.port})`
  const message = `error while attempting to bind on address ${where}: address already in use`
  return new OSError(message, { code: 'EADDRINUSE', syscall: 'listen' })
}

/**
 * Makes a server without sockets, and returns it with what connects to it.
 *
 * @param protocolFactory - makes a protocol for each connection
 * @param options - as for `memoryConnection`
 * @returns the server, which serves already, and `connect`, which takes the factory of the other side's protocol
 * @example
 * import { Protocol } from '@asyncio-ts/loop'
 * import { memoryServer, runVirtual } from '@asyncio-ts/testing'
 *
 * await runVirtual(async () => {
 *   const { server, connect } = memoryServer(() => new Protocol())
 *   const [transport] = await connect(() => new Protocol())
 *   transport.close()
 *   server.close()
 *   await server.waitClosed()
 * })
 * @extension
 */
export function memoryServer(protocolFactory: () => StreamProtocol, options: NetworkOptions = {}): ReachableServer {
  const network = new MemoryNetwork(getRunningLoop(), options)
  const place = { host: '127.0.0.1', port: FIRST_FREE_PORT }
  const server = network.listen(protocolFactory, [place], true)
  return { server, connect: (factory) => network.connect(factory, place) }
}

/** @throws NotImplementedError when TLS is asked for */
export function refuseTls(ssl: unknown): void {
  if (ssl === undefined || ssl === null || ssl === false) return
  throw new NotImplementedError('A network in memory has no TLS: leave ssl out, or test TLS over real sockets.')
}

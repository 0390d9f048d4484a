import type { ServerSocket, SocketAddress, StreamProtocol } from '@asyncio-ts/core'
import type { Connections, Listening } from '@asyncio-ts/core/primitives'
import type { MemoryTransport } from './memory-transport.ts'

/** What listens in a network in memory: the places where one server is found. */
export class MemoryListener implements Listening {
  readonly sockets: readonly ServerSocket[]
  readonly #factory: () => StreamProtocol
  readonly #release: () => void
  #connections: Connections | null = null

  /** @param release - gives the addresses back */
  constructor(protocolFactory: () => StreamProtocol, addresses: readonly SocketAddress[], release: () => void) {
    this.#factory = protocolFactory
    this.#release = release
    this.sockets = addresses.map((address) => ({ getsockname: () => address, family: familyOf(address) }))
  }

  /** Whether a connection would be accepted now. */
  get isOpen(): boolean {
    return this.#connections !== null
  }

  open(connections: Connections): void {
    this.#connections = connections
  }

  close(): void {
    this.#connections = null
    this.#release()
  }

  newProtocol(): StreamProtocol {
    return this.#factory()
  }

  /** Notes a connection, which is open. */
  accept(transport: MemoryTransport): void {
    const connections = this.#connections
    if (connections === null) return
    connections.attach(transport)
    transport.onLost = () => connections.detach(transport)
  }
}

function familyOf(address: SocketAddress): ServerSocket['family'] {
  if (typeof address === 'string') return 'Unix'
  return address[0].includes(':') ? 'IPv6' : 'IPv4'
}

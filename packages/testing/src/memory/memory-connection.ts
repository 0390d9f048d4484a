import { getRunningLoop } from '@asyncio-ts/core'
import type { Context, SocketAddress, StreamProtocol } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { MemoryTransport } from './memory-transport.ts'
import { NetworkDecisions } from './network-options.ts'
import type { NetworkOptions } from './network-options.ts'
import { Wire } from './wire.ts'

/** The two sides of a connection. */
interface Sides {
  readonly protocols: readonly [StreamProtocol, StreamProtocol]
  readonly names: readonly [SocketAddress, SocketAddress]
  readonly contexts?: readonly [Context, Context] | undefined
}

/** Connects two protocols; neither is notified yet. */
export function connectPair(
  loop: KernelLoop,
  decisions: NetworkDecisions,
  { protocols, names, contexts }: Sides,
): [MemoryTransport, MemoryTransport] {
  const there = new Wire(loop, decisions)
  const back = new Wire(loop, decisions)
  const [near, far] = [0, 1].map((side) => {
    const other = 1 - side
    return new MemoryTransport({
      loop,
      protocol: protocols[side]!,
      outgoing: side === 0 ? there : back,
      incoming: side === 0 ? back : there,
      extra: { sockname: names[side], peername: names[other] },
      context: contexts?.[side],
    })
  }) as [MemoryTransport, MemoryTransport]
  there.connect(near, far)
  back.connect(far, near)
  return [near, far]
}

/**
 * Connects two protocols without sockets. Each hears of its transport in the next turn.
 *
 * The transports keep asyncio's contract: flow control, half-closing, `connectionLost` exactly once.
 *
 * @param first - the protocol of one side
 * @param second - the protocol of the other
 * @param options.latency - how long bytes are under way, in seconds
 * @param options.chunks - hands bytes out in pieces of any size
 * @param options.loss - how likely it is that the connection breaks when bytes arrive
 * @returns the transport of each side
 * @example
 * import { Protocol } from '@asyncio-ts/loop'
 * import { memoryConnection, runVirtual, advance } from '@asyncio-ts/testing'
 *
 * class Printer extends Protocol {
 *   override dataReceived(data: Uint8Array) {
 *     console.log(new TextDecoder().decode(data))
 *   }
 * }
 *
 * await runVirtual(async () => {
 *   const [transport] = memoryConnection(new Protocol(), new Printer(), { latency: 0.1 })
 *   transport.write('hello')
 *   transport.close()
 *   await advance(1)
 * })
 * @extension
 */
export function memoryConnection(
  first: StreamProtocol,
  second: StreamProtocol,
  options: NetworkOptions = {},
): [MemoryTransport, MemoryTransport] {
  const loop = getRunningLoop()
  const names = [
    ['127.0.0.1', 1],
    ['127.0.0.1', 2],
  ] as const
  const pair = connectPair(loop, new NetworkDecisions(loop, options), { protocols: [first, second], names })
  for (const transport of pair) transport._begin()
  return pair
}

export type { MemoryTransport }

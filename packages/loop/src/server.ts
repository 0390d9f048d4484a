import { ListeningServer } from '@asyncio-ts/core/primitives'
import type { Server as Contract, SocketAddress } from '@asyncio-ts/core'

/**
 * What `createServer` and `startServer` return, for `instanceof` and for annotations.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server
 */
export type Server<A extends SocketAddress = SocketAddress> = Contract<A>
export const Server: abstract new (...args: never[]) => Contract = ListeningServer

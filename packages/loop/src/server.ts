import type { Server as Contract } from '@asyncio-ts/core'
import { Server as ListeningServer } from './network/server.ts'

/**
 * What `createServer` and `startServer` return, for `instanceof` and for annotations.
 *
 * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.Server
 */
export type Server = Contract
export const Server: abstract new (...args: never[]) => Contract = ListeningServer

import { BaseEventLoop } from '@asyncio-ts/core'

/** The part of the loop that makes connections and servers. */
export class NetworkEventLoop extends BaseEventLoop {}

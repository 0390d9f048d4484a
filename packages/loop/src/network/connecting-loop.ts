import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { TransportOwner } from './transport-owner.ts'

/** The loop, as what makes its connections and servers sees it. */
export interface ConnectingLoop extends BaseEventLoop, TransportOwner {
  /** What closing the loop closes. */
  readonly _servers: Set<{ _drop(): void }>
}

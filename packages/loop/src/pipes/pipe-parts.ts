import type { BaseProtocol, Future } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/** What a transport over a stream of the host is made of. */
export interface PipeParts<S, P extends BaseProtocol> {
  loop: BaseEventLoop
  /** The stream of bytes; the transport closes it. */
  stream: S
  protocol: P
  /** Gets its result when the protocol has been told of the transport. */
  waiter?: Future<void> | undefined
  /** What `getExtraInfo('pipe')` gives; the stream when absent. */
  pipe?: unknown
}

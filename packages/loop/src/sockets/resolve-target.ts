import { OSError } from '@asyncio-ts/core'
import type { Coroutine, SocketAddress } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { AddressFlag } from '../names/address-info.ts'
import { getaddrinfo } from '../names/getaddrinfo.ts'
import { checkSocketPath } from '../names/unix-path.ts'

/** What a stream socket of the host connects to, or listens on. */
export type Target = { readonly path: string } | { readonly host: string; readonly port: number }

/** The first address of a name, as a socket takes it that has one address only. */
export function* resolveTarget(
  loop: BaseEventLoop,
  address: SocketAddress,
  flags: readonly AddressFlag[] = [],
): Coroutine<Target> {
  if (typeof address === 'string') {
    checkSocketPath(address)
    return { path: address }
  }
  const [info] = yield* getaddrinfo(loop, address[0], address[1], { type: 'stream', flags })
  if (info === undefined) throw new OSError('getaddrinfo() returned empty list')
  const [host, port] = info[4]
  return { host, port }
}

import { OSError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { builtin } from '../builtin.ts'

/** An address that a socket can connect to or listen on. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly family: 4 | 6
}

/**
 * Looks a name up, as the system does.
 *
 * @param family - 4 or 6; 0 for both
 * @throws GaiError when the name is unknown
 *
 * **Cancellation** The answer is ignored: the system cannot be interrupted.
 */
export function* resolveHost(
  loop: BaseEventLoop,
  host: string,
  port: number,
  family: 0 | 4 | 6,
): Coroutine<Endpoint[]> {
  const literal = builtin('node:net').isIP(host)
  if (literal !== 0 && (family === 0 || family === literal)) return [{ host, port, family: literal as 4 | 6 }]
  const found = loop.createFuture<Endpoint[]>()
  builtin('node:dns').lookup(host, { all: true, family }, (error, addresses) => {
    if (found.done()) return
    if (error !== null) found.setException(osErrorOf(error))
    else found.setResult(addresses.map((each) => ({ host: each.address, port, family: each.family as 4 | 6 })))
  })
  const endpoints = yield* found
  if (endpoints.length === 0) throw new OSError(`getaddrinfo() returned an empty list for ${host}.`)
  return endpoints
}

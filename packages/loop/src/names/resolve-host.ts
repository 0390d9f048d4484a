import { OSError } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { familyOfHost } from './check-host.ts'
import { lookUp } from './look-up.ts'

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
 * @throws ValueError when it is no name that a host can have
 *
 * @remarks
 * **Cancellation** The answer is ignored: the system cannot be interrupted.
 */
export function* resolveHost(
  loop: BaseEventLoop,
  host: string,
  port: number,
  family: 0 | 4 | 6,
): Coroutine<Endpoint[]> {
  const literal = familyOfHost(host)
  if (literal !== 0 && (family === 0 || family === literal)) return [{ host, port, family: literal }]
  const addresses = yield* lookUp(loop, host, { all: true, family })
  if (addresses.length === 0) throw new OSError(`getaddrinfo() returned an empty list for ${host}.`)
  return addresses.map((each) => ({ host: each.address, port, family: each.family as 4 | 6 }))
}

import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { builtin } from '../builtin.ts'
import { fromHost } from '../transports/from-host.ts'

/**
 * Asks the system for the addresses of a name.
 *
 * @throws GaiError when the name is unknown
 * @remarks
 * **Cancellation** The answer is ignored: the system cannot be interrupted.
 */
export function* lookUp(
  loop: BaseEventLoop,
  host: string,
  options: LookupAllOptions,
): Coroutine<readonly LookupAddress[]> {
  const found = loop.createFuture<readonly LookupAddress[]>()
  const settle = fromHost(loop, (error: Error | null, addresses: readonly LookupAddress[]) => {
    if (found.done()) return
    if (error === null) found.setResult(addresses)
    else found.setException(osErrorOf(error))
  })
  builtin('node:dns').lookup(host, options, settle)
  return yield* found
}

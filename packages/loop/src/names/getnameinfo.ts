import { coroutine, GaiError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { Address, Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { builtin } from '../builtin.ts'
import type { NameFlag } from './address-info.ts'
import { fromHost } from '../transports/from-host.ts'
import { checkAddress } from './check-address.ts'
import { familyOfHost } from './check-host.ts'
import { serviceOfPort } from './services.ts'

/** @see NameLoop.getnameinfo */
export const getnameinfo = /* @__PURE__ */ coroutine(function* getnameinfo(
  loop: BaseEventLoop,
  sockaddr: Address,
  flags: readonly NameFlag[] = [],
): Coroutine<[host: string, service: string]> {
  const [host, port] = checkAddress(sockaddr)
  if (familyOfHost(host) === 0) throw unknown(host)
  const service = flags.includes('NI_NUMERICSERV')
    ? String(port)
    : serviceOfPort(port, flags.includes('NI_DGRAM') ? 'udp' : 'tcp')
  if (flags.includes('NI_NUMERICHOST')) return [host, service]
  const name = yield* nameOf(loop, host, port)
  if (name !== null) return [name, service]
  if (flags.includes('NI_NAMEREQD')) throw unknown(host)
  return [host, service]
})

function unknown(host: string): GaiError {
  return new GaiError(`Name or service not known: ${host}.`, { code: 'ENOTFOUND', syscall: 'getnameinfo' })
}

/** The name of an address, or `null` when it has none. */
function* nameOf(loop: BaseEventLoop, host: string, port: number): Coroutine<string | null> {
  const found = loop.createFuture<string | null>()
  const settle = fromHost(loop, (error: NodeJS.ErrnoException | null, hostname: string) => {
    if (found.done()) return
    if (error === null) found.setResult(hostname)
    else if (error.code === 'ENOTFOUND') found.setResult(null)
    else found.setException(osErrorOf(error))
  })
  builtin('node:dns').lookupService(host, port, settle)
  return yield* found
}

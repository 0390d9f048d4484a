import { coroutine, GaiError, ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Address, Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { builtin } from '../builtin.ts'
import type { AddressFlag, AddressInfo, AddressInfoOptions, SocketKind } from './address-info.ts'
import { familyOfHost } from './check-host.ts'
import { lookUp } from './look-up.ts'
import { portOfService } from './services.ts'

interface Place {
  readonly host: string
  readonly family: 4 | 6
}

/** The kinds of socket there are for an address, in the order of the system. */
const KINDS: readonly (readonly [type: SocketKind, proto: number])[] = [
  ['stream', 6],
  ['dgram', 17],
  ['raw', 0],
]

const KNOWN_FLAGS = ['AI_PASSIVE', 'AI_NUMERICHOST', 'AI_NUMERICSERV', 'AI_ADDRCONFIG', 'AI_V4MAPPED', 'AI_ALL']

/** @see NameLoop.getaddrinfo */
export const getaddrinfo = /* @__PURE__ */ coroutine(function* getaddrinfo(
  loop: BaseEventLoop,
  host: string | null | undefined,
  port: string | number | null | undefined,
  options: AddressInfoOptions = {},
): Coroutine<AddressInfo[]> {
  const { family = 0, type, proto = 0, flags = [] } = options
  for (const flag of flags) if (!KNOWN_FLAGS.includes(flag)) throw new ValueError(`${String(flag)} is not supported.`)
  if (family !== 0 && family !== 4 && family !== 6) throw unsupported('EAI_FAMILY', 'ai_family', family)
  if (type !== undefined && !KINDS.some(([known]) => known === type)) {
    throw unsupported('EAI_SOCKTYPE', 'ai_socktype', type)
  }
  if (isNothing(host) && isNothing(port)) throw unknownName('neither a host nor a port was given')
  const kinds = KINDS.filter((kind) => (type ?? kind[0]) === kind[0] && (proto === 0 || proto === kind[1]))
  const number = portNumber(port, kinds, flags)
  const places = isNothing(host) ? ownPlaces(family, flags) : yield* placesOf(loop, host, family, flags)
  return places.flatMap((place) => {
    const address: Address = [place.host, number]
    return kinds.map(([kind, protocol]): AddressInfo => [place.family, kind, protocol, '', address])
  })
})

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

function unsupported(code: string, what: string, value: unknown): GaiError {
  return new GaiError(`${what} not supported: ${reprOf(value)}.`, { code, syscall: 'getaddrinfo' })
}

function unknownName(why: string): GaiError {
  return new GaiError(`Name or service not known: ${why}.`, { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
}

function portNumber(
  port: string | number | null | undefined,
  kinds: readonly (readonly [type: SocketKind, proto: number])[],
  flags: readonly AddressFlag[],
): number {
  if (isNothing(port) || port === '') return 0
  const number = typeof port === 'number' ? port : /^\d+$/.test(port) ? Number(port) : null
  if (number !== null) {
    if (Number.isInteger(number) && number >= 0 && number <= 65535) return number
    throw new ValueError(`A port is an integer from 0 to 65535, got ${number}.`)
  }
  if (flags.includes('AI_NUMERICSERV')) throw unknownName(`${port} is no number`)
  const found = portOfService(String(port), kinds.length === 1 && kinds[0]![0] === 'dgram' ? 'udp' : undefined)
  if (found !== undefined) return found
  throw new GaiError(`Servname not supported for ai_socktype: ${port}.`, {
    code: 'EAI_SERVICE',
    syscall: 'getaddrinfo',
  })
}

/** Without a name: every address of this machine, or the ones that only reach itself. */
function ownPlaces(family: 0 | 4 | 6, flags: readonly AddressFlag[]): Place[] {
  const isPassive = flags.includes('AI_PASSIVE')
  const places: Place[] = isPassive
    ? [
        { host: '0.0.0.0', family: 4 },
        { host: '::', family: 6 },
      ]
    : [
        { host: '::1', family: 6 },
        { host: '127.0.0.1', family: 4 },
      ]
  return places.filter((place) => family === 0 || family === place.family)
}

function* placesOf(
  loop: BaseEventLoop,
  host: string,
  family: 0 | 4 | 6,
  flags: readonly AddressFlag[],
): Coroutine<Place[]> {
  if (host === '') throw unknownName('the host is empty')
  const literal = familyOfHost(host)
  if (literal !== 0) {
    if (family === 0 || family === literal) return [{ host, family: literal }]
    throw new GaiError(`Address family for hostname not supported: ${host}.`, {
      code: 'EAI_ADDRFAMILY',
      syscall: 'getaddrinfo',
    })
  }
  if (flags.includes('AI_NUMERICHOST')) throw unknownName(`${host} is no address`)
  const found = yield* lookUp(loop, host, { all: true, verbatim: true, family, hints: hintsOf(flags) })
  return found.map((each) => ({ host: each.address, family: each.family as 4 | 6 }))
}

function hintsOf(flags: readonly AddressFlag[]): number {
  const { ADDRCONFIG, V4MAPPED, ALL } = builtin('node:dns')
  return (
    (flags.includes('AI_ADDRCONFIG') ? ADDRCONFIG : 0) |
    (flags.includes('AI_V4MAPPED') ? V4MAPPED : 0) |
    (flags.includes('AI_ALL') ? ALL : 0)
  )
}

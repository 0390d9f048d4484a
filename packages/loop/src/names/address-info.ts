import type { Address } from '@asyncio-ts/core'

/** The kind of socket that an address is for. */
export type SocketKind = 'stream' | 'dgram' | 'raw'

/** One answer of `getaddrinfo`: the tuple that CPython gives. The protocol is its number: 6 is TCP, 17 UDP. */
export type AddressInfo = readonly [
  family: 4 | 6,
  type: SocketKind,
  proto: number,
  canonname: string,
  sockaddr: Address,
]

/** What `getaddrinfo` is asked for, by the names of the system. */
export type AddressFlag =
  'AI_PASSIVE' | 'AI_NUMERICHOST' | 'AI_NUMERICSERV' | 'AI_ADDRCONFIG' | 'AI_V4MAPPED' | 'AI_ALL'

/** Narrows what `getaddrinfo` answers. */
export interface AddressInfoOptions {
  /** 4 or 6; both when absent or 0. */
  family?: 0 | 4 | 6 | undefined
  /** One kind of socket; every kind when absent. */
  type?: SocketKind | undefined
  /** The number of a protocol; every one when absent or 0. */
  proto?: number | undefined
  flags?: readonly AddressFlag[] | undefined
}

/** What `getnameinfo` is asked for, by the names of the system. */
export type NameFlag = 'NI_NUMERICHOST' | 'NI_NUMERICSERV' | 'NI_NAMEREQD' | 'NI_DGRAM'

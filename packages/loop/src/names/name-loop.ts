import type { Address, CoroutineObject } from '@asyncio-ts/core'
import type { AddressInfo, AddressInfoOptions, NameFlag } from './address-info.ts'

/** A loop that looks names up. */
export interface NameLoop {
  /**
   * Looks up the addresses of a host and a service, in the system's order.
   *
   * @param host - a name or an address, which needs no look-up; `null` for this machine
   * @param port - a number, the name of a service, or `null`
   * @returns one tuple `[family, type, proto, canonname, [host, port]]` for each address and kind of socket
   * @throws GaiError when there is no such name
   * @throws ValueError when a flag is not supported or a port out of range
   * @remarks
   * **Cancellation** The answer is ignored: a look-up that has begun cannot be called off.
   *
   * **Differences from CPython** Families are 4 and 6, types and flags go by name, and `AI_CANONNAME` is not supported:
   * the host does not tell.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.getaddrinfo
   */
  getaddrinfo(
    host: string | null | undefined,
    port?: string | number | null,
    options?: AddressInfoOptions,
  ): CoroutineObject<AddressInfo[]>

  /**
   * Looks up the name of an address, and of the service at its port.
   *
   * @param flags - `NI_NUMERICHOST`, `NI_NUMERICSERV`, `NI_NAMEREQD`, `NI_DGRAM`
   * @returns the name, or the address itself where it has none, and the service
   * @throws GaiError when the host is no address, or has no name and `NI_NAMEREQD` asks for one
   * @remarks
   * **Cancellation** The answer is ignored.
   * @see https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.getnameinfo
   */
  getnameinfo(sockaddr: Address, flags?: readonly NameFlag[]): CoroutineObject<[host: string, service: string]>
}

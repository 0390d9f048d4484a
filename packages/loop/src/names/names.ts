import type { Address, CoroutineObject } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { AddressInfo, AddressInfoOptions, NameFlag } from './address-info.ts'
import { getaddrinfo } from './getaddrinfo.ts'
import { getnameinfo } from './getnameinfo.ts'
import type { NameLoop } from './name-loop.ts'

/** The part of a loop that looks names up. */
export class Names implements NameLoop {
  readonly #loop: BaseEventLoop

  constructor(loop: BaseEventLoop) {
    this.#loop = loop
  }

  getaddrinfo(
    host: string | null | undefined,
    port?: string | number | null,
    options?: AddressInfoOptions,
  ): CoroutineObject<AddressInfo[]> {
    return getaddrinfo(this.#loop, host, port, options)
  }

  getnameinfo(sockaddr: Address, flags?: readonly NameFlag[]): CoroutineObject<[host: string, service: string]> {
    return getnameinfo(this.#loop, sockaddr, flags)
  }
}

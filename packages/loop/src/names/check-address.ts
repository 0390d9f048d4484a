import { ValueError } from '@asyncio-ts/core'
import { reprOf } from '@asyncio-ts/core/primitives'
import type { Address } from '@asyncio-ts/core'
import { checkHost } from './check-host.ts'

/**
 * Checks that a value is an address of an internet socket.
 *
 * @throws TypeError when it is no pair of a host and a port
 * @throws ValueError when the port is out of range, or the host is no name that a host can have
 */
export function checkAddress(value: unknown): Address {
  const [host, port, ...rest] = Array.isArray(value) ? (value as unknown[]) : []
  if (typeof host !== 'string' || typeof port !== 'number' || rest.length > 0) {
    throw new TypeError(`An address is a pair [host, port], got ${reprOf(value)}.`)
  }
  checkHost(host)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return [host, port]
  throw new ValueError(`A port is an integer from 0 to 65535, got ${port}.`)
}

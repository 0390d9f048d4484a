import { ValueError } from '@asyncio-ts/core'
import type { ConnectionOptions, ConnectOptions } from '@asyncio-ts/core'
import { checkAddress } from '../names/check-address.ts'
import { checkHost } from '../names/check-host.ts'
import type { Secrets } from './tls-handshake.ts'
import { checkTlsLimits } from './tls-limits.ts'

/** @throws ValueError when it is none */
export function checkPort(port: unknown): void {
  if (Number.isInteger(port) && (port as number) >= 0 && (port as number) <= 65535) return
  throw new ValueError(`port must be an integer from 0 to 65535, got ${String(port)}.`)
}

/**
 * What a client's side of TLS is told, or `null` when there is to be none.
 *
 * @param host - whose name the certificate is checked against when the options give none
 * @throws ValueError when the options contradict each other
 */
export function secretsOf(options: ConnectOptions, host: string | undefined): Secrets | null {
  const { ssl, serverHostname, sslHandshakeTimeout, sslShutdownTimeout } = options
  checkTlsLimits(options, ssl)
  if (serverHostname !== undefined) checkHost(serverHostname)
  if (ssl === undefined) {
    if (serverHostname === undefined) return null
    throw new ValueError('serverHostname is only meaningful with ssl')
  }
  if (serverHostname === undefined && !host) {
    throw new ValueError('You must set serverHostname when using ssl without a host')
  }
  return { ssl, serverHostname: serverHostname ?? host!, sslHandshakeTimeout, sslShutdownTimeout }
}

/** @throws ValueError when there is nothing to connect to, or too much */
export function checkTarget(
  host: string | undefined,
  port: number | undefined,
  { sock, localAddr, family }: ConnectionOptions,
): void {
  const isNamed = host !== undefined || port !== undefined
  if (isNamed && sock !== undefined) throw new ValueError('host/port and sock can not be specified at the same time')
  if (!isNamed && sock === undefined) throw new ValueError('host and port was not specified and no sock specified')
  if (isNamed) checkPort(port)
  if (host !== undefined) checkHost(host)
  if (localAddr !== undefined) checkAddress(localAddr)
  if (family !== undefined && family !== 4 && family !== 6) throw new ValueError(`family is 4 or 6, got ${family}.`)
}

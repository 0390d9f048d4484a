import { ConnectionAbortedError, ValueError } from '@asyncio-ts/core'
import type { Ssl, TlsLimits } from '@asyncio-ts/core'
import { SSL_HANDSHAKE_TIMEOUT_SECONDS, SSL_SHUTDOWN_TIMEOUT_SECONDS } from './constants.ts'

function checkTimeout(name: string, seconds: number | undefined, ssl: Ssl | undefined): void {
  if (seconds === undefined) return
  if (ssl === undefined) throw new ValueError(`${name} is only meaningful with ssl`)
  if (typeof seconds !== 'number' || !(seconds > 0)) {
    throw new ValueError(`${name} should be a positive number, got ${String(seconds)}.`)
  }
}

/** @throws ValueError when a limit is given without TLS, or is no positive number */
export function checkTlsLimits(limits: TlsLimits, ssl: Ssl | undefined): void {
  checkTimeout('sslHandshakeTimeout', limits.sslHandshakeTimeout, ssl)
  checkTimeout('sslShutdownTimeout', limits.sslShutdownTimeout, ssl)
}

/** @throws TypeError when `ssl` says nothing about a certificate to show */
export function checkServerSsl(ssl: unknown): void {
  if (ssl === undefined || (typeof ssl === 'object' && ssl !== null)) return
  throw new TypeError('On the server side ssl is an object with at least cert and key: a server has to show them.')
}

export function handshakeSeconds(limits: TlsLimits): number {
  return limits.sslHandshakeTimeout ?? SSL_HANDSHAKE_TIMEOUT_SECONDS
}

export function shutdownSeconds(limits: TlsLimits): number {
  return limits.sslShutdownTimeout ?? SSL_SHUTDOWN_TIMEOUT_SECONDS
}

/** Why a handshake that took too long has failed. */
export function handshakeTimeoutError(limits: TlsLimits): ConnectionAbortedError {
  const seconds = handshakeSeconds(limits)
  return new ConnectionAbortedError(`SSL handshake is taking longer than ${seconds} seconds: aborting the connection`)
}

import { NotImplementedError, TimeoutError } from '@asyncio-ts/core'
import type { ExtraInfo, Ssl, TimerHandle } from '@asyncio-ts/core'
import type { TLSSocket } from 'node:tls'
import { SocketTransport } from './socket-transport.ts'
import type { SocketTransportParts } from './socket-transport.ts'

/** What a {@link TlsTransport} is made of. */
export interface TlsTransportParts extends SocketTransportParts {
  /** Its handshake is over. */
  readonly socket: TLSSocket
  readonly ssl: Ssl
  /** In seconds: how long the peer may take to confirm the end. */
  readonly shutdownSeconds: number
}

/** A transport over an encrypted connection. There is no half-close in TLS as protocols see it. */
export class TlsTransport extends SocketTransport {
  readonly #ssl: Ssl
  readonly #shutdownSeconds: number
  #shutdown: TimerHandle | null = null

  constructor(parts: TlsTransportParts) {
    super(parts)
    this.#ssl = parts.ssl
    this.#shutdownSeconds = parts.shutdownSeconds
  }

  override getExtraInfo<Name extends keyof ExtraInfo>(name: Name): ExtraInfo[Name] | undefined
  override getExtraInfo<Name extends keyof ExtraInfo, D>(name: Name, defaultValue: D): ExtraInfo[Name] | D
  override getExtraInfo(name: string, defaultValue?: unknown): unknown
  override getExtraInfo(name: string, defaultValue?: unknown): unknown {
    const socket = this._socket as TLSSocket
    switch (name) {
      case 'sslcontext':
        return this.#ssl
      case 'ssl_object':
        return socket
      case 'peercert':
        return socket.getPeerCertificate() ?? defaultValue
      case 'cipher':
        return socket.getCipher() ?? defaultValue
      case 'compression':
        return null
      default:
        return super.getExtraInfo(name, defaultValue)
    }
  }

  override canWriteEof(): boolean {
    return false
  }

  override writeEof(): void {
    throw new NotImplementedError('TLS cannot end one direction alone: use close().')
  }

  /** TLS encrypts, and thereby copies, what it takes: what waits in the queue before it is taken has to be ours. */
  override _mustCopy(): boolean {
    return this._socket.writableLength > 0
  }

  override _keepsOpen(isAskedFor: boolean | void): boolean {
    if (isAskedFor === true) console.warn('returning true from eofReceived() has no effect when using ssl')
    return false
  }

  /** Tells the peer that nothing follows, and waits until it has said the same. */
  override _finish(): void {
    if (this._isLost || this.#shutdown !== null || this.getWriteBufferSize() > 0) return
    if (this._loop.isClosed()) return this._lose(null)
    this.#shutdown = this._loop.callLater(this.#shutdownSeconds, () => {
      this._forceClose(new TimeoutError('SSL shutdown timed out'))
    })
    this._socket.end()
    this._socket.resume()
  }

  override _receivedEof(): void {
    super._receivedEof()
    if (this.#shutdown !== null && !this._isLost) this._lose(null)
  }

  override _lose(error: Error | null): void {
    this.#shutdown?.cancel()
    super._lose(error)
  }
}

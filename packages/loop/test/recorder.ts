import { DatagramProtocol, Protocol } from '../src/index.ts'
import type { Awaitable, BaseTransport, DatagramTransport, SocketAddress } from '@asyncio-ts/core'
import { Future } from '@asyncio-ts/core'

/** A protocol that writes down what it hears, and lets a test wait for it. */
export class Recorder extends Protocol {
  readonly events: string[] = []
  readonly #chunks: Uint8Array[] = []
  readonly #waiting: { isMet: () => boolean; met: Future<void> }[] = []
  transport: BaseTransport | null = null
  error: Error | null = null
  isLost = false

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport
    this.note('made')
  }

  override dataReceived(data: Uint8Array): void {
    this.#chunks.push(data)
    this.note('data')
  }

  override eofReceived(): undefined {
    this.note('eof')
  }

  override pauseWriting(): void {
    this.note('pause')
  }

  override resumeWriting(): void {
    this.note('resume')
  }

  override connectionLost(error: Error | null): void {
    this.error = error
    this.isLost = true
    this.note(error === null ? 'lost' : `lost ${error.name}`)
  }

  get data(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  get text(): string {
    return this.data.toString()
  }

  /** Waits until something is the case; asked whenever the protocol hears something. */
  until(isMet: () => boolean): Awaitable<void> {
    const met = new Future<void>()
    if (isMet()) met.setResult()
    else this.#waiting.push({ isMet, met })
    return met
  }

  lost(): Awaitable<void> {
    return this.until(() => this.isLost)
  }

  protected note(event: string): void {
    if (event !== 'data' || this.events.at(-1) !== 'data') this.events.push(event)
    for (const { isMet, met } of this.#waiting) if (!met.done() && isMet()) met.setResult()
  }
}

/** The same for datagrams. */
export class DatagramRecorder extends DatagramProtocol {
  readonly events: string[] = []
  readonly received: [text: string, from: SocketAddress][] = []
  readonly errors: Error[] = []
  readonly #waiting: { isMet: () => boolean; met: Future<void> }[] = []
  transport: DatagramTransport | null = null
  isLost = false

  override connectionMade(transport: DatagramTransport): void {
    this.transport = transport
    this.#note('made')
  }

  override datagramReceived(data: Uint8Array, from: readonly [host: string, port: number]): void {
    this.received.push([Buffer.from(data).toString(), from])
    this.#note('datagram')
  }

  override errorReceived(error: Error): void {
    this.errors.push(error)
    this.#note(`error ${error.name}`)
  }

  override pauseWriting(): void {
    this.#note('pause')
  }

  override resumeWriting(): void {
    this.#note('resume')
  }

  override connectionLost(error: Error | null): void {
    this.isLost = true
    this.#note(error === null ? 'lost' : `lost ${error.name}`)
  }

  until(isMet: () => boolean): Awaitable<void> {
    const met = new Future<void>()
    if (isMet()) met.setResult()
    else this.#waiting.push({ isMet, met })
    return met
  }

  lost(): Awaitable<void> {
    return this.until(() => this.isLost)
  }

  #note(event: string): void {
    this.events.push(event)
    for (const { isMet, met } of this.#waiting) if (!met.done() && isMet()) met.setResult()
  }
}

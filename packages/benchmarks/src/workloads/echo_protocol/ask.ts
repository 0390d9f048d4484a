import { Protocol } from 'asyncio-ts'
import type { Future, Transport } from 'asyncio-ts'
import { echoBytes } from '../../echo-bytes.ts'

/** Sends a message again each time it has come back, then closes and says how often that was. */
export class Ask extends Protocol {
  readonly #roundTrips: number
  readonly #closed: Future<number>
  readonly #message = Buffer.alloc(echoBytes, 'x')
  #transport: Transport | undefined
  #count = 0
  #received = 0

  constructor(roundTrips: number, closed: Future<number>) {
    super()
    this.#roundTrips = roundTrips
    this.#closed = closed
  }

  override connectionMade(transport: Transport): void {
    this.#transport = transport
    transport.write(this.#message)
  }

  override dataReceived(data: Uint8Array): void {
    this.#received += data.length
    if (this.#received < echoBytes) return
    this.#received = 0
    if (++this.#count < this.#roundTrips) this.#transport!.write(this.#message)
    else this.#transport!.close()
  }

  override connectionLost(): void {
    this.#closed.setResult(this.#count)
  }
}

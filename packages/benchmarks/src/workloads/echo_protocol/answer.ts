import { Protocol } from 'asyncio-ts'
import type { Transport } from 'asyncio-ts'

/** Sends back whatever comes. */
export class Answer extends Protocol {
  #transport: Transport | undefined

  override connectionMade(transport: Transport): void {
    this.#transport = transport
  }

  override dataReceived(data: Uint8Array): void {
    this.#transport!.write(data)
  }
}

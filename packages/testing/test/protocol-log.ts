import type { BaseTransport, Transport } from '@asyncio-ts/core'
import { Protocol } from '@asyncio-ts/loop'

/** A protocol that writes down what it hears. */
export class ProtocolLog extends Protocol {
  readonly heard: string[] = []
  transport!: Transport
  text = ''
  /** What `eofReceived` returns. */
  keepsOpen = false

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport as Transport
    this.heard.push('made')
  }

  override dataReceived(data: Uint8Array): void {
    const text = new TextDecoder().decode(data)
    this.text += text
    this.heard.push(data.length > 20 ? `${data.length} bytes` : text)
  }

  override eofReceived(): boolean | undefined {
    this.heard.push('eof')
    return this.keepsOpen
  }

  override pauseWriting(): void {
    this.heard.push('pause')
  }

  override resumeWriting(): void {
    this.heard.push('resume')
  }

  override connectionLost(error: Error | null): void {
    this.heard.push(error === null ? 'lost' : `lost: ${error.name}`)
  }
}

import type { BaseTransport, Protocol } from '@asyncio-ts/core'

/** What the pipes of a child tell its transport. */
export interface PipeOwner {
  _pipeData(fd: number, data: Uint8Array): void
  _pipeLost(fd: number, error: Error | null): void
  _pauseWriting(): void
  _resumeWriting(): void
}

/** The protocol of one pipe of a child. */
export class ChildPipe implements Protocol {
  readonly #owner: PipeOwner
  readonly #fd: number
  transport: BaseTransport | null = null
  isDisconnected = false

  constructor(owner: PipeOwner, fd: number) {
    this.#owner = owner
    this.#fd = fd
  }

  connectionMade(transport: BaseTransport): void {
    this.transport = transport
  }

  connectionLost(error: Error | null): void {
    this.isDisconnected = true
    this.#owner._pipeLost(this.#fd, error)
  }

  dataReceived(data: Uint8Array): void {
    this.#owner._pipeData(this.#fd, data)
  }

  eofReceived(): boolean {
    return false
  }

  pauseWriting(): void {
    this.#owner._pauseWriting()
  }

  resumeWriting(): void {
    this.#owner._resumeWriting()
  }
}

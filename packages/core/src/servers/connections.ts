/** A connection as its server knows it. */
export interface ServedConnection {
  /** Ends it once what was written has been sent. */
  close(): void
  /** Ends it at once: what has not been sent is lost. */
  abort(): void
}

/** The connections that a server has accepted and that have not ended. */
export class Connections {
  readonly #open = new Set<ServedConnection>()
  readonly #ended: () => void

  /** @param ended - called whenever a connection has ended */
  constructor(ended: () => void) {
    this.#ended = ended
  }

  get size(): number {
    return this.#open.size
  }

  attach(connection: ServedConnection): void {
    this.#open.add(connection)
  }

  detach(connection: ServedConnection): void {
    if (this.#open.delete(connection)) this.#ended()
  }

  close(): void {
    for (const connection of [...this.#open]) connection.close()
  }

  abort(): void {
    for (const connection of [...this.#open]) connection.abort()
  }
}

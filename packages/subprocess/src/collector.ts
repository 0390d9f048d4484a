import type { Coroutine } from '@asyncio-ts/core'
import type { StreamReader } from '@asyncio-ts/streams'

const BLOCK_BYTES = 1 << 16

/** More was printed than may be. */
export class TooMuchOutput extends Error {}

/** Everything that comes through a pipe, as far as it has come. */
export class Collector {
  readonly #reader: StreamReader | null
  readonly #maxBytes: number
  readonly #blocks: Uint8Array[] = []
  #size = 0

  /** @param reader - `null` where the output goes elsewhere */
  constructor(reader: StreamReader | null, maxBytes: number) {
    this.#reader = reader
    this.#maxBytes = maxBytes
  }

  /**
   * Reads to the end.
   *
   * @throws TooMuchOutput when there is more than the limit, which is kept
   */
  *collect(): Coroutine<void> {
    const reader = this.#reader
    if (reader === null) return
    for (;;) {
      const block = yield* reader.read(BLOCK_BYTES)
      if (block.length === 0) return
      const room = this.#maxBytes - this.#size
      this.#add(block.length > room ? block.subarray(0, room) : block)
      if (block.length > room) throw new TooMuchOutput()
    }
  }

  #add(block: Uint8Array): void {
    this.#blocks.push(block)
    this.#size += block.length
  }

  /** What has come; `null` where the output goes elsewhere. */
  bytes(): Uint8Array | null {
    if (this.#reader === null) return null
    const [only] = this.#blocks
    if (this.#blocks.length === 1 && only !== undefined) return only
    const all = new Uint8Array(this.#size)
    let position = 0
    for (const block of this.#blocks) {
      all.set(block, position)
      position += block.length
    }
    return all
  }
}

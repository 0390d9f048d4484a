import { InertCoroutine } from '@asyncio-ts/core/primitives'
import type { Coroutine, CoroutineObject, Steps } from '@asyncio-ts/core'

/** The lines of a stream, for `for await`, and for `yield* lines.next()` in a generator. */
export interface Lines extends AsyncIterableIterator<Uint8Array> {
  next(): CoroutineObject<IteratorResult<Uint8Array, undefined>>
}

interface LineSource {
  readline(): CoroutineObject<Uint8Array>
}

export class StreamLines implements Lines {
  readonly #reader: LineSource

  constructor(reader: LineSource) {
    this.#reader = reader
  }

  next(): CoroutineObject<IteratorResult<Uint8Array, undefined>> {
    return new NextLine(this.#reader)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

class NextLine extends InertCoroutine<IteratorResult<Uint8Array, undefined>> {
  readonly #reader: LineSource

  constructor(reader: LineSource) {
    super()
    this.#reader = reader
  }

  override get _name(): string {
    return 'next'
  }

  protected override begin(): Steps<IteratorResult<Uint8Array, undefined>> | undefined {
    const line = this.#reader.readline()
    const steps = line[Symbol.iterator]()
    // A coroutine that need not wait is its own iterator.
    if (steps !== line) return finish(steps)
    this.result = resultOf(steps.next().value as Uint8Array)
    return undefined
  }
}

function* finish(line: Steps<Uint8Array>): Coroutine<IteratorResult<Uint8Array, undefined>> {
  return resultOf(yield* line)
}

function resultOf(line: Uint8Array): IteratorResult<Uint8Array, undefined> {
  return line.length === 0 ? { done: true, value: undefined } : { done: false, value: line }
}

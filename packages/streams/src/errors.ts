import { ValueError } from '@asyncio-ts/core'

/** Renders a count of bytes, or of the separator that was expected. */
const expectation = (expected: number | null): string => (expected === null ? 'undefined' : String(expected))

/**
 * The stream ended before everything had come that was asked for.
 *
 * @see https://docs.python.org/3/library/asyncio-exceptions.html#asyncio.IncompleteReadError
 */
export class IncompleteReadError extends Error {
  /** What had come; it is no longer in the reader. */
  readonly partial: Uint8Array
  /** The number of bytes that were asked for; `null` where a separator was. */
  readonly expected: number | null

  constructor(partial: Uint8Array, expected: number | null) {
    super(`${partial.length} bytes read on a total of ${expectation(expected)} expected bytes`)
    this.partial = partial
    this.expected = expected
  }

  override get name(): string {
    return 'IncompleteReadError'
  }

  get code(): 'ERR_ASYNCIO_INCOMPLETE_READ' {
    return 'ERR_ASYNCIO_INCOMPLETE_READ'
  }
}

/**
 * The separator did not come within the limit of the reader. Nothing is lost: the bytes are still in the reader.
 *
 * @see https://docs.python.org/3/library/asyncio-exceptions.html#asyncio.LimitOverrunError
 */
export class LimitOverrunError extends Error {
  /** How many bytes can be read without the separator being cut. */
  readonly consumed: number

  constructor(message: string, consumed: number) {
    super(message)
    this.consumed = consumed
  }

  override get name(): string {
    return 'LimitOverrunError'
  }

  get code(): 'ERR_ASYNCIO_LIMIT_OVERRUN' {
    return 'ERR_ASYNCIO_LIMIT_OVERRUN'
  }
}

/** What `readline` throws where `readuntil` throws a {@link LimitOverrunError}, as CPython does. */
export function lineTooLong(overrun: LimitOverrunError): ValueError {
  return new ValueError(overrun.message, { cause: overrun })
}

import { OSError, ValueError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'

/** What `sendfile` sends: an open file of the host (`FileHandle`), or anything that is read in the same way. */
export interface SendableFile {
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): PromiseLike<{ readonly bytesRead: number }>
  /** Told the position after the last byte that was sent, also where sending has failed. */
  seek?(position: number): unknown
}

const BLOCK_BYTES = 256 * 1024

/** Which part of a file is sent. */
export interface FilePart {
  readonly offset: number
  /** `null` for all that is there. */
  readonly count: number | null
}

/**
 * @throws TypeError when the file is none, or a number is none
 * @throws ValueError when `offset` is negative, or `count` not positive
 */
export function checkFilePart(file: unknown, offset: number, count: number | null | undefined): FilePart {
  if (typeof (file as Partial<SendableFile> | null)?.read !== 'function') {
    throw new TypeError(`A file is a FileHandle, or has its read() method, got ${reprOf(file)}.`)
  }
  checkInteger('offset must be a non-negative integer', offset, 0)
  if (count !== null && count !== undefined) checkInteger('count must be a positive integer', count, 1)
  return { offset, count: count ?? null }
}

function checkInteger(rule: string, value: number, least: number): void {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError(`${rule} (got ${reprOf(value)})`)
  if (value < least) throw new ValueError(`${rule} (got ${value})`)
}

/**
 * Reads a part of a file and hands it on, block by block; returns how many bytes there were.
 *
 * @remarks
 * **Cancellation** What has been handed on counts as sent; the block that was being read does not.
 */
export function* sendBlocks(
  loop: BaseEventLoop,
  file: SendableFile,
  { offset, count }: FilePart,
  send: (block: Uint8Array) => Coroutine<void>,
): Coroutine<number> {
  let sentBytes = 0
  try {
    while (count === null || sentBytes < count) {
      const wantedBytes = Math.min(BLOCK_BYTES, count === null ? BLOCK_BYTES : count - sentBytes)
      const block = yield* readBlock(loop, file, wantedBytes, offset + sentBytes)
      if (block.byteLength === 0) break
      yield* send(block)
      sentBytes += block.byteLength
    }
    return sentBytes
  } finally {
    if (sentBytes > 0) file.seek?.(offset + sentBytes)
  }
}

/** A block of its own for every read: one that was cancelled is still written to. */
function* readBlock(loop: BaseEventLoop, file: SendableFile, size: number, position: number): Coroutine<Uint8Array> {
  const buffer = Buffer.allocUnsafe(size)
  const read = loop.createFuture<number>()
  file.read(buffer, 0, size, position).then(
    ({ bytesRead }) => {
      if (!read.done()) read.setResult(bytesRead)
    },
    (error: unknown) => {
      if (!read.done()) read.setException(error instanceof Error ? osErrorOf(error) : new OSError(String(error)))
    },
  )
  return buffer.subarray(0, yield* read)
}

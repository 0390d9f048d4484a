import type { CoroutineObject, EventLoop, WriteTransport } from '@asyncio-ts/core'

/** A reader, as a web stream reads from it. */
export interface WebSource {
  readonly _loop: EventLoop
  read(n: number): CoroutineObject<Uint8Array>
  _close(): void
}

/** A reader, as a web stream is read into it. */
export interface Fed {
  setTransport(transport: { pauseReading(): void; resumeReading(): void; close(): void }): void
  feedData(data: Uint8Array): void
  feedEof(): void
  setException(error: Error): void
}

/** A writer, as a web stream writes to it. */
export interface WebSink {
  readonly _loop: EventLoop
  readonly transport: WriteTransport
  write(data: Uint8Array): void
  drain(): CoroutineObject<void>
  canWriteEof(): boolean
  writeEof(): void
  close(): void
}

/** Nothing is read before somebody asks for it: the back-pressure of the two is one. */
export function webReadableOf(reader: WebSource, blockBytes: number): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const block = await reader._loop.createTask(reader.read(blockBytes))
        if (block.length > 0) controller.enqueue(block)
        else controller.close()
      },
      cancel: () => reader._close(),
    },
    { highWaterMark: 0 },
  )
}

export function webWritableOf(writer: WebSink): WritableStream<Uint8Array> {
  return new WritableStream<Uint8Array>(
    {
      async write(block) {
        writer.write(block)
        await writer._loop.createTask(writer.drain())
      },
      close() {
        if (writer.canWriteEof()) writer.writeEof()
        else writer.close()
      },
      abort: () => writer.transport.abort(),
    },
    { highWaterMark: 1 },
  )
}

/** Reads a web stream into a reader: the next block when the one before has been fed and the reader has room. */
export function feedFromWeb(reader: Fed, readable: ReadableStream<Uint8Array>): void {
  const source = readable.getReader()
  let isPaused = false
  let isReading = false
  let isOver = false

  const finish = (end: () => void): void => {
    if (isOver) return
    isOver = true
    end()
  }
  const took = ({ done, value }: ReadableStreamReadResult<Uint8Array>): void => {
    isReading = false
    if (isOver) return
    if (done) {
      finish(() => reader.feedEof())
      return
    }
    reader.feedData(value)
    next()
  }
  const failed = (error: unknown): void => {
    isReading = false
    finish(() => reader.setException(error instanceof Error ? error : new Error(String(error), { cause: error })))
  }
  function next(): void {
    if (isPaused || isReading || isOver) return
    isReading = true
    source.read().then(took).catch(failed)
  }
  reader.setTransport({
    pauseReading: () => void (isPaused = true),
    resumeReading() {
      isPaused = false
      next()
    },
    close: () => finish(() => void source.cancel().catch(failed)),
  })
  next()
}

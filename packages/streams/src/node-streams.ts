import { ConnectionResetError, isCancelled, NotImplementedError } from '@asyncio-ts/core'
import { osErrorOf } from '@asyncio-ts/core/primitives'
import type { FutureLike } from '@asyncio-ts/core'
import type { Readable, Writable } from 'node:stream'
import type { Fed, WebSink, WebSource } from './web-streams.ts'

type NodeStream = { Readable: typeof Readable; Writable: typeof Writable }

function nodeStream(): NodeStream {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const loaded = process?.getBuiltinModule?.('node:stream') as NodeStream | undefined
  if (loaded === undefined) throw new NotImplementedError('This host has no node:stream: use toWeb() and fromWeb().')
  return loaded
}

/**
 * Starts a task and calls back with what it has come to.
 *
 * The host may ask for bytes when the loop is closed: that is an error of the stream, not of the host's event.
 */
function follow<T>(start: () => FutureLike<T>, done: (error: Error | null, value?: T) => void): void {
  let task: FutureLike<T>
  try {
    task = start()
  } catch (error) {
    done(error as Error)
    return
  }
  task.addDoneCallback(() => {
    if (task.cancelled()) {
      done(new Error('The loop has ended.'))
      return
    }
    const error = task.exception()
    if (error === null) done(null, task.result())
    else done(error)
  })
}

/** Nothing is read before the stream asks for it. */
export function nodeReadableOf(reader: WebSource, blockBytes: number): Readable {
  const { Readable } = nodeStream()
  return new Readable({
    highWaterMark: 1,
    read() {
      follow(
        () => reader._loop.createTask(reader.read(blockBytes)),
        (error, block) => {
          if (error !== null) this.destroy(error)
          else this.push(block!.length > 0 ? block : null)
        },
      )
    },
    destroy(error, callback) {
      reader._close()
      callback(error)
    },
  })
}

export function nodeWritableOf(writer: WebSink): Writable {
  const { Writable } = nodeStream()
  const drained = (callback: (error?: Error | null) => void): void =>
    follow(
      () => writer._loop.createTask(writer.drain()),
      (error) => callback(error),
    )
  return new Writable({
    highWaterMark: 1,
    decodeStrings: true,
    write(block: Uint8Array, _encoding, callback) {
      writer.write(block)
      drained(callback)
    },
    final(callback) {
      if (writer.canWriteEof()) writer.writeEof()
      else writer.close()
      callback()
    },
    destroy(error, callback) {
      if (error !== null) writer.transport.abort()
      callback(error)
    },
  })
}

/** Reads a stream of the host into a reader, and pauses it while the reader is full. */
export function feedFromNode(reader: Fed, readable: Readable): void {
  let isOver = false
  const finish = (end: () => void): void => {
    if (isOver) return
    isOver = true
    end()
  }
  readable.on('data', (block: Uint8Array | string) => {
    if (!isOver) reader.feedData(typeof block === 'string' ? new TextEncoder().encode(block) : block)
  })
  readable.once('end', () => finish(() => reader.feedEof()))
  readable.on('error', (error) => finish(() => reader.setException(isCancelled(error) ? error : osErrorOf(error))))
  readable.once('close', () =>
    finish(() => reader.setException(new ConnectionResetError('The stream was closed before its end.'))),
  )
  reader.setTransport({
    pauseReading: () => void readable.pause(),
    resumeReading: () => void readable.resume(),
    close: () => finish(() => void readable.destroy()),
  })
}

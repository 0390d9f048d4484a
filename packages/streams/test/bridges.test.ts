import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Server } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { openConnection, startServer, StreamReader } from '../src/index.ts'
import type { StreamWriter } from '../src/index.ts'

const portOf = (server: Server): number => (server.sockets[0]!.getsockname() as [string, number])[1]
const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).map((_, index) => index % 253)

const chunk = fc.uint8Array({ maxLength: 50 })

/** Opens a connection, and gives the body both ends of it. */
async function connected(
  body: (near: [StreamReader, StreamWriter], far: [StreamReader, StreamWriter]) => Promise<void>,
): Promise<void> {
  await run(async () => {
    let arrived: (far: [StreamReader, StreamWriter]) => void
    const far = new Promise<[StreamReader, StreamWriter]>((resolve) => (arrived = resolve))
    await using server = await startServer((reader, writer) => arrived([reader, writer]), '127.0.0.1', 0)
    const near = await openConnection('127.0.0.1', portOf(server))
    const [, farWriter] = await far
    try {
      await body(near, await far)
    } finally {
      near[1].transport.abort()
      farWriter.transport.abort()
    }
  })
}

describe('bridges to web streams', () => {
  it('carry every byte, and the end', () =>
    connected(async ([reader], [, writer]) => {
      const sent = bytes(300_000)
      const writing = new Blob([sent]).stream().pipeTo(writer.toWeb())
      const received = new Uint8Array(await new Response(reader.toWeb()).arrayBuffer())
      await writing
      expect(Buffer.compare(received, sent)).toBe(0)
    }))

  it('read nothing before it is asked for', () =>
    connected(async ([reader], [, writer]) => {
      writer.write('hello')
      const stream = reader.toWeb()
      expect(new TextDecoder().decode(await reader.readexactly(5))).toBe('hello')
      writer.write('next')
      const source = stream.getReader()
      expect(new TextDecoder().decode((await source.read()).value)).toBe('next')
      source.releaseLock()
    }))

  it('write no faster than the other side reads', () =>
    connected(async ([, writer], [reader]) => {
      const sink = writer.toWeb().getWriter()
      let written = 0
      const flood = (async () => {
        for (let i = 0; i < 300; i++) {
          await sink.write(new Uint8Array(100_000))
          written++
        }
        await sink.close()
      })()
      await reader.readexactly(1)
      // What the system buffers on both sides is a few megabytes: far less than thirty.
      expect(written).toBeLessThan(200)
      await reader.readexactly(29_999_999)
      await flood
      expect([written, (await reader.read()).length, reader.atEof()]).toEqual([300, 0, true])
    }))

  it('close the connection when the web stream is cancelled', () =>
    connected(async ([reader, writer], [farReader]) => {
      await reader.toWeb().cancel()
      await writer.waitClosed()
      expect([(await farReader.read()).length, farReader.atEof()]).toEqual([0, true])
    }))

  it('break the connection off when the web stream is aborted', () =>
    connected(async ([, writer], [reader]) => {
      await writer.toWeb().abort('enough')
      expect(await reader.read().catch((error: Error) => error.name)).toSatisfy(
        (end) => end === 'ConnectionResetError' || (end as Uint8Array).length === 0,
      )
    }))

  it('read a web stream however it is cut, and pause it while the reader is full', () =>
    fc.assert(
      fc.asyncProperty(fc.array(chunk), fc.integer({ min: 1, max: 40 }), async (chunks, limit) => {
        let pulled = 0
        const source = new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              const chunk = chunks[pulled++]
              if (chunk === undefined) controller.close()
              else controller.enqueue(chunk)
            },
          },
          { highWaterMark: 0 },
        )
        const reader = StreamReader.fromWeb(source, { limit })
        const all = Buffer.concat(chunks)
        const received: Uint8Array[] = []
        for (;;) {
          const block = await reader.read(7)
          if (block.length === 0) break
          received.push(block)
          expect(reader._buffer.length).toBeLessThanOrEqual(2 * limit + 50)
        }
        expect(Buffer.concat(received).equals(all)).toBe(true)
      }),
      { numRuns: 200 },
    ))

  it('throw the error of a web stream', async () => {
    const reader = StreamReader.fromWeb(
      new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new RangeError('broken')) }),
    )
    await expect(reader.read(1)).rejects.toThrow('broken')
  })
})

describe('bridges to Node streams', () => {
  it('carry every byte, and the end', () =>
    connected(async ([reader], [, writer]) => {
      const sent = bytes(300_000)
      const received: Uint8Array[] = []
      const sink = new Writable({
        write(block: Uint8Array, _encoding, callback) {
          received.push(block)
          callback()
        },
      })
      await Promise.all([pipeline(Readable.from([sent]), writer.toNode()), pipeline(reader.toNode(), sink)])
      expect(Buffer.compare(Buffer.concat(received), sent)).toBe(0)
    }))

  it('close the connection when the Node stream is destroyed', () =>
    connected(async ([reader, writer], [farReader]) => {
      reader.toNode().destroy()
      await writer.waitClosed()
      expect([(await farReader.read()).length, farReader.atEof()]).toEqual([0, true])
    }))

  it('pause a Node stream while the reader is full', async () => {
    let pushed = 0
    const source = new Readable({
      highWaterMark: 1,
      read() {
        this.push(pushed++ < 1000 ? new Uint8Array(100) : null)
      },
    })
    const reader = StreamReader.fromNode(source, { limit: 500 })
    await reader.readexactly(100)
    expect(reader._buffer.length).toBeLessThanOrEqual(1300)
    expect((await reader.read()).length).toBe(99_900)
    expect(reader.atEof()).toBe(true)
  })

  it('throw the error of a Node stream, and that it was closed too early', async () => {
    const broken = new Readable({ read: () => undefined })
    const reader = StreamReader.fromNode(broken)
    broken.destroy(new RangeError('broken'))
    await expect(reader.read(1)).rejects.toThrow('broken')
    const closed = new Readable({ read: () => undefined })
    const other = StreamReader.fromNode(closed)
    closed.destroy()
    await expect(other.read(1)).rejects.toThrow(/closed before its end/)
  })
})

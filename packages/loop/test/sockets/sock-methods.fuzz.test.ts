import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventLoop } from '../../src/index.ts'
import { Socket } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'

/** What a reader does: it asks for some bytes, and may lose patience after some turns. */
const read = fc.record({
  maxBytes: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 200_000 })),
  patience: fc.option(fc.nat({ max: 4 }), { nil: null }),
})

type Read = typeof read extends fc.Arbitrary<infer T> ? T : never

const script = fc.record({
  /** The sizes of what is sent, and the turns that pass before it is. */
  sends: fc.array(fc.tuple(fc.nat({ max: 150_000 }), fc.nat({ max: 2 })), { minLength: 1, maxLength: 8 }),
  reads: fc.array(read, { maxLength: 30 }),
})

function turns(count: number): Promise<void> {
  return new Promise((resolve) => (count <= 0 ? setImmediate(resolve) : setImmediate(() => resolve(turns(count - 1)))))
}

/** One attempt to read, cancelled when patience runs out; what it got, or nothing. */
async function attempt(loop: EventLoop, socket: Socket, { maxBytes, patience }: Read): Promise<Uint8Array> {
  const task = loop.createTask(loop.sockRecv(socket, maxBytes))
  if (patience !== null) void turns(patience).then(() => task.cancel())
  try {
    return await task
  } catch (error) {
    if (!task.cancelled()) throw error
    return new Uint8Array(0)
  }
}

describe('sockRecv', () => {
  it(
    'loses and repeats nothing, however often it is cancelled',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['127.0.0.1', 0])
      const property = fc.asyncProperty(script, async ({ sends, reads }) => {
        using client = Socket.connectable()
        await loop.sockConnect(client, listening.getsockname())
        const [server] = await loop.sockAccept(listening)
        const sent: Buffer[] = []
        const sending = loop.createTask(async () => {
          for (const [index, [size, pause]] of sends.entries()) {
            await turns(pause)
            const bytes = Buffer.alloc(size, index + 1)
            sent.push(Buffer.from(bytes))
            await loop.sockSendall(client, bytes)
          }
          client.shutdown()
        })
        const received: Uint8Array[] = []
        for (const each of reads) {
          const chunk = await attempt(loop, server, each)
          expect(chunk.length).toBeLessThanOrEqual(each.maxBytes)
          received.push(chunk)
        }
        for (;;) {
          const chunk = await loop.sockRecv(server, 65_536)
          if (chunk.length === 0) break
          received.push(chunk)
        }
        await sending
        server.close()
        expect(Buffer.concat(received).equals(Buffer.concat(sent))).toBe(true)
      })
      await fc.assert(property, { numRuns: 100 })
    }),
  )
})

describe('sockSendall', () => {
  it(
    'sends a beginning of the bytes when it is cancelled',
    onLoop(async (loop) => {
      using listening = await Socket.listen(['127.0.0.1', 0])
      const sizes = fc.integer({ min: 1, max: 12_000_000 })
      const property = fc.asyncProperty(sizes, fc.nat({ max: 4 }), async (size, patience) => {
        using client = Socket.connectable()
        await loop.sockConnect(client, listening.getsockname())
        const [server] = await loop.sockAccept(listening)
        const bytes = Buffer.alloc(size, 'abcdefghijklm')
        const sending = loop.createTask(loop.sockSendall(client, bytes))
        await turns(patience)
        const wasCancelled = sending.cancel()
        await sending.then(
          () => expect(wasCancelled).toBe(false),
          () => expect(sending.cancelled()).toBe(true),
        )
        client.shutdown()
        let receivedBytes = 0
        for (;;) {
          const chunk = await loop.sockRecv(server, 1_000_000)
          if (chunk.length === 0) break
          expect(bytes.subarray(receivedBytes, receivedBytes + chunk.length).equals(chunk)).toBe(true)
          receivedBytes += chunk.length
        }
        if (!wasCancelled) expect(receivedBytes).toBe(size)
        server.close()
      })
      await fc.assert(property, { numRuns: 30 })
    }),
  )
})

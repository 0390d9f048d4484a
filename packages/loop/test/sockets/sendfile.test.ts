import { rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RuntimeError, ValueError } from '@asyncio-ts/core'
import type { Address, Transport } from '@asyncio-ts/core'
import { SendfileNotAvailableError } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { clientSsl, serverSsl } from '../network/stage.ts'
import { onLoop } from '../on-loop.ts'
import { Recorder } from '../recorder.ts'

const path = join(tmpdir(), `asyncio-ts-sendfile-${process.pid}.bin`)
const content = Buffer.alloc(2_000_003, 'something to send ')

beforeAll(() => writeFileSync(path, content))
afterAll(() => rmSync(path))

interface Ends {
  client: Transport
  clientProtocol: Recorder
  server: Recorder
  close: () => Promise<void>
}

/** A connection between two recorders. */
async function connect(loop: EventLoop, isEncrypted = false): Promise<Ends> {
  const server = new Recorder()
  const listening = await loop.createServer(() => server, '127.0.0.1', 0, isEncrypted ? { ssl: serverSsl() } : {})
  const [host, port] = listening.sockets[0]!.getsockname() as Address
  const options = isEncrypted ? { ssl: clientSsl } : {}
  const [client, clientProtocol] = await loop.createConnection(() => new Recorder(), host, port, options)
  await server.until(() => server.transport !== null)
  const close = async (): Promise<void> => {
    client.abort()
    ;(server.transport as Transport).abort()
    listening.close()
    await clientProtocol.lost()
    await server.lost()
    await listening.waitClosed()
  }
  return { client, clientProtocol, server, close }
}

describe('sendfile', () => {
  it.each([
    [{}, 0, content.length],
    [{ offset: 1000 }, 1000, content.length],
    [{ offset: 1, count: 700_000 }, 1, 700_001],
    [{ offset: content.length }, 0, 0],
    [{ count: 3, fallback: true }, 0, 3],
  ])('sends %o of a file to a slow reader', (options, begin, end) =>
    onLoop(async (loop) => {
      const { client, clientProtocol, server, close } = await connect(loop)
      const file = await open(path)
      ;(server.transport as Transport).pauseReading()
      loop.callLater(0.02, () => (server.transport as Transport).resumeReading())
      client.write('before ')
      expect(await loop.sendfile(client, file, options)).toBe(end - begin)
      client.write(' after')
      const expected = Buffer.concat([Buffer.from('before '), content.subarray(begin, end), Buffer.from(' after')])
      await server.until(() => server.data.length >= expected.length)
      expect(server.data.equals(expected)).toBe(true)
      expect(clientProtocol.events.filter((event) => event !== 'made')).toEqual([])
      await file.close()
      await close()
    })(),
  )

  it(
    'sends over TLS',
    onLoop(async (loop) => {
      const { client, server, close } = await connect(loop, true)
      const file = await open(path)
      expect(await loop.sendfile(client, file)).toBe(content.length)
      await server.until(() => server.data.length >= content.length)
      expect(server.data.equals(content)).toBe(true)
      await expect(loop.sendfile(client, file, { fallback: false })).rejects.toThrow(RuntimeError)
      await file.close()
      await close()
    }),
  )

  it(
    'refuses writes meanwhile, and a second file',
    onLoop(async (loop) => {
      const { client, close } = await connect(loop)
      const file = await open(path)
      const sending = loop.createTask(loop.sendfile(client, file, { count: 100_000 }))
      await new Promise((resolve) => setImmediate(resolve))
      expect(sending.done()).toBe(false)
      expect(() => client.write('in between')).toThrow(RuntimeError)
      await expect(loop.sendfile(client, file)).rejects.toThrow('already in progress')
      expect(await sending).toBe(100_000)
      client.write('afterwards')
      await file.close()
      await close()
    }),
  )

  it(
    'tells a file with seek its new position, also when the peer goes away',
    onLoop(async (loop) => {
      const { client, clientProtocol, server, close } = await connect(loop)
      const handle = await open(path)
      const positions: number[] = []
      const file = { read: handle.read.bind(handle) as typeof handle.read, seek: (at: number) => positions.push(at) }
      await loop.sendfile(client, file, { offset: 5, count: 10 })
      expect(positions).toEqual([15])
      ;(server.transport as Transport).pauseReading()
      loop.callLater(0.02, () => (server.transport as Transport).abort())
      const endless = { read: () => Promise.resolve({ bytesRead: 100_000 }), seek: file.seek }
      await expect(loop.sendfile(client, endless)).rejects.toThrow(
        expect.objectContaining({ name: expect.stringMatching(/^(Connection(Reset)?|BrokenPipe)Error$/) as string }),
      )
      await clientProtocol.lost()
      expect(clientProtocol.events.filter((event) => event.startsWith('lost'))).toHaveLength(1)
      expect(positions).toHaveLength(2)
      expect(positions[1]! % 100_000).toBe(0)
      await handle.close()
      await close()
    }),
  )

  it(
    'gives the transport back when it is cancelled',
    onLoop(async (loop) => {
      const { client, clientProtocol, server, close } = await connect(loop)
      const read = (): Promise<{ bytesRead: number }> =>
        new Promise((resolve) => setImmediate(resolve, { bytesRead: 50_000 }))
      ;(server.transport as Transport).pauseReading()
      const sending = loop.createTask(loop.sendfile(client, { read }))
      const [, high] = client.getWriteBufferLimits()
      while (client.getWriteBufferSize() <= high) await new Promise((resolve) => setImmediate(resolve))
      expect(client.isReading()).toBe(false)
      sending.cancel()
      await expect(sending).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      expect(client.isReading()).toBe(true)
      expect(client.getProtocol()).toBe(clientProtocol)
      expect(clientProtocol.events).toEqual(['made', 'pause'])
      ;(server.transport as Transport).resumeReading()
      await clientProtocol.until(() => clientProtocol.events.includes('resume'))
      ;(server.transport as Transport).write('still there')
      await clientProtocol.until(() => clientProtocol.text === 'still there')
      // What is on its way in the other direction may come later than the answer.
      client.close()
      await server.lost()
      expect(server.data.length % 50_000).toBe(0)
      await close()
    }),
  )

  it(
    'refuses what it cannot do',
    onLoop(async (loop) => {
      const { client, close } = await connect(loop)
      const file = await open(path)
      await expect(loop.sendfile(client, file, { fallback: false })).rejects.toThrow(SendfileNotAvailableError)
      await expect(loop.sendfile(client, file, { offset: -1 })).rejects.toThrow(ValueError)
      await expect(loop.sendfile(client, file, { count: 0 })).rejects.toThrow(ValueError)
      await expect(loop.sendfile(client, file, { count: 1.5 })).rejects.toThrow(TypeError)
      await expect(loop.sendfile(client, {} as never)).rejects.toThrow(TypeError)
      const [pipe, protocol] = await loop.connectWritePipe(() => new Recorder(), new PassThrough())
      await expect(loop.sendfile(pipe, file)).rejects.toThrow('sendfile is not supported')
      pipe.close()
      await protocol.lost()
      client.close()
      await expect(loop.sendfile(client, file)).rejects.toThrow('Transport is closing')
      await file.close()
      await close()
    }),
  )
})

import { describe, expect, test } from 'vitest'
import { getRunningLoop, NotImplementedError, RuntimeError, ValueError } from '@asyncio-ts/core'
import type { NetworkLoop } from '@asyncio-ts/core'
import { BufferedProtocol, Protocol } from '@asyncio-ts/loop'
import { openConnection, startServer } from '@asyncio-ts/streams'
import { createTask, sleep } from '@asyncio-ts/tasks'
import {
  advance,
  explore,
  memoryConnection,
  memoryServer,
  now,
  replay,
  runVirtual,
  ScheduleFailure,
} from '../src/index.ts'
import type { NetworkOptions } from '../src/index.ts'
import { ProtocolLog } from './protocol-log.ts'

function pair(options?: NetworkOptions) {
  const [near, far] = [new ProtocolLog(), new ProtocolLog()]
  const [nearTransport, farTransport] = memoryConnection(near, far, options)
  return { near, far, nearTransport, farTransport }
}

const networkLoop = (): NetworkLoop => getRunningLoop() as unknown as NetworkLoop

describe('a connection in memory', () => {
  test('brings bytes across, and tells both sides of its end once', () =>
    runVirtual(async () => {
      const { near, far, nearTransport } = pair()
      nearTransport.write('hello ')
      nearTransport.write(new TextEncoder().encode('world'))
      await advance(0)
      nearTransport.close()
      await advance(0)
      expect(far.heard).toEqual(['made', 'hello world', 'eof', 'lost'])
      expect(near.heard).toEqual(['made', 'lost'])
      expect(nearTransport.isClosing()).toBe(true)
    }))

  test('takes as long as its latency says, each way', () =>
    runVirtual(async () => {
      const { far, nearTransport } = pair({ latency: 0.25 })
      nearTransport.write('x')
      await advance(0.2)
      expect(far.heard).toEqual(['made'])
      await advance(0.05)
      expect(far.heard).toEqual(['made', 'x'])
    }))

  test('keeps bytes in order when their latencies differ', () =>
    runVirtual(async () => {
      const { far, nearTransport } = pair({ latency: [0, 1], chunks: true, seed: 5 })
      const text = 'abcdefghijklmnopqrstuvwxyz'
      for (const letter of text) nearTransport.write(letter)
      await advance(2)
      expect(far.text).toBe(text)
      expect(far.heard.length).toBeGreaterThan(3)
    }))

  test('copies what is written', () =>
    runVirtual(async () => {
      const { far, nearTransport } = pair()
      const bytes = new Uint8Array([65])
      nearTransport.write(bytes)
      bytes[0] = 66
      await advance(0)
      expect(far.text).toBe('A')
    }))

  test('pauses the writer above the high mark and resumes it at the low one', () =>
    runVirtual(async () => {
      const { near, far, nearTransport, farTransport } = pair({ windowBytes: 100 })
      await advance(0)
      farTransport.pauseReading()
      expect(farTransport.isReading()).toBe(false)
      nearTransport.setWriteBufferLimits({ high: 50 })
      expect(nearTransport.getWriteBufferLimits()).toEqual([12, 50])
      nearTransport.write(new Uint8Array(150))
      expect(nearTransport.getWriteBufferSize()).toBe(50)
      expect(near.heard).toEqual(['made'])
      nearTransport.write('x')
      nearTransport.write('x')
      expect(near.heard).toEqual(['made', 'pause'])
      await advance(1)
      expect(far.heard).toEqual(['made'])
      farTransport.resumeReading()
      await advance(1)
      expect(near.heard).toEqual(['made', 'pause', 'resume'])
      expect(far.heard).toEqual(['made', '100 bytes', '52 bytes'])
      expect(nearTransport.getWriteBufferSize()).toBe(0)
    }))

  test('sends what was written before it closes, and drops it when it is aborted', () =>
    runVirtual(async () => {
      const closed = pair({ windowBytes: 1 })
      closed.nearTransport.write('abc')
      closed.nearTransport.close()
      const aborted = pair({ windowBytes: 1 })
      aborted.nearTransport.write('abc')
      aborted.nearTransport.abort()
      await advance(0)
      expect(closed.far.text).toBe('abc')
      expect(aborted.far.text).toBe('a')
      expect(aborted.far.heard).toEqual(['made', 'a', 'eof', 'lost'])
      expect(aborted.near.heard).toEqual(['made', 'lost'])
    }))

  test('closes one half, and goes on in the other', () =>
    runVirtual(async () => {
      const { near, far, nearTransport, farTransport } = pair()
      far.keepsOpen = true
      expect(nearTransport.canWriteEof()).toBe(true)
      nearTransport.write('question')
      nearTransport.writeEof()
      nearTransport.writeEof()
      expect(() => nearTransport.write('more')).toThrow(RuntimeError)
      await advance(0)
      expect(far.heard).toEqual(['made', 'question', 'eof'])
      farTransport.write('answer')
      farTransport.close()
      await advance(0)
      expect(near.heard).toEqual(['made', 'answer', 'eof', 'lost'])
      expect(far.heard.at(-1)).toBe('lost')
    }))

  test('is reset when something is sent to a side that has gone', () =>
    runVirtual(async () => {
      const { near, far, nearTransport, farTransport } = pair()
      near.keepsOpen = true
      await advance(0)
      farTransport.abort()
      await advance(0)
      expect(near.heard).toEqual(['made', 'eof'])
      nearTransport.write('too late')
      await advance(0)
      expect(near.heard).toEqual(['made', 'eof', 'lost: ConnectionResetError'])
      expect(far.heard).toEqual(['made', 'lost'])
    }))

  test('is lost on both sides when the network loses it', () =>
    runVirtual(async () => {
      const { near, far, nearTransport } = pair({ loss: 1 })
      nearTransport.write('x')
      await advance(0)
      expect(near.heard).toEqual(['made', 'lost: ConnectionResetError'])
      expect(far.heard).toEqual(['made', 'lost: ConnectionResetError'])
    }))

  test('reads into the buffers of a BufferedProtocol', () =>
    runVirtual(async () => {
      const buffer = new Uint8Array(2)
      let text = ''
      class Buffered extends BufferedProtocol {
        override getBuffer(): Uint8Array {
          return buffer
        }

        override bufferUpdated(count: number): void {
          text += `${new TextDecoder().decode(buffer.subarray(0, count))}|`
        }
      }
      const [transport] = memoryConnection(new Protocol(), new Buffered())
      transport.write('abcde')
      await advance(0)
      expect(text).toBe('ab|cd|e|')
    }))

  test('reports what a protocol throws, and ends', () =>
    runVirtual(async () => {
      const reported: unknown[] = []
      getRunningLoop().setExceptionHandler((_loop, { message }) => reported.push(message))
      const near = new ProtocolLog()
      class Broken extends ProtocolLog {
        override dataReceived(): void {
          throw new Error('broken')
        }
      }
      const far = new Broken()
      const [transport] = memoryConnection(near, far)
      transport.write('x')
      await advance(0)
      expect(reported).toEqual(['Fatal error: protocol.data_received() call failed.'])
      expect(far.heard).toEqual(['made', 'lost: Error'])
      expect(near.heard).toEqual(['made', 'eof', 'lost'])
    }))

  test('refuses data and limits that make no sense', () =>
    runVirtual(async () => {
      const { nearTransport } = pair()
      expect(() => nearTransport.write(1 as never)).toThrow(TypeError)
      expect(() => nearTransport.setWriteBufferLimits({ high: 1, low: 2 })).toThrow(ValueError)
      expect(() => pair({ latency: -1 })).toThrow(ValueError)
      expect(() => pair({ loss: 2 })).toThrow(ValueError)
      expect(() => pair({ windowBytes: 0 })).toThrow(ValueError)
    }))

  test('tells the names of both ends, and changes protocols', () =>
    runVirtual(async () => {
      const { nearTransport, farTransport } = pair()
      expect(nearTransport.getExtraInfo('peername')).toEqual(farTransport.getExtraInfo('sockname'))
      const other = new ProtocolLog()
      farTransport.setProtocol(other)
      expect(farTransport.getProtocol()).toBe(other)
      nearTransport.write('x')
      await advance(0)
      expect(other.text).toBe('x')
    }))
})

describe('a server in memory', () => {
  test('serves clients, and is closed when the last one has gone', () =>
    runVirtual(async () => {
      const served: ProtocolLog[] = []
      const { server, connect } = memoryServer(() => (served.push(new ProtocolLog()), served.at(-1)!))
      const [transport, protocol] = await connect(() => new ProtocolLog())
      expect(protocol.heard).toEqual(['made'])
      transport.write('hello')
      await sleep(0)
      server.close()
      const closed = createTask(() => server.waitClosed())
      await advance(0)
      expect(closed.done()).toBe(false)
      transport.close()
      await closed
      expect(served[0]!.heard).toEqual(['made', 'hello', 'eof', 'lost'])
      await expect(connect(() => new Protocol())).rejects.toThrow(/ECONNREFUSED/)
    }))

  test('ends its clients when it is told to', () =>
    runVirtual(async () => {
      const { server, connect } = memoryServer(() => new Protocol())
      const [, first] = await connect(() => new ProtocolLog())
      server.closeClients()
      await advance(0)
      const [, second] = await connect(() => new ProtocolLog())
      server.abortClients()
      await advance(0)
      expect([first.heard, second.heard]).toEqual([
        ['made', 'eof', 'lost'],
        ['made', 'eof', 'lost'],
      ])
    }))

  test('serves until its task is cancelled', () =>
    runVirtual(async () => {
      const { server, connect } = memoryServer(() => new Protocol())
      const serving = createTask(() => server.serveForever())
      const [, protocol] = await connect(() => new ProtocolLog())
      await expect(server.serveForever()).rejects.toThrow(/already/)
      serving.cancel()
      await expect(serving).rejects.toThrow()
      expect(server.isServing()).toBe(false)
      expect(server.sockets).toEqual([])
      await expect(server.serveForever()).rejects.toThrow(/closed/)
      await advance(0)
      expect(protocol.heard.at(-1)).toBe('lost')
    }))
})

describe('the loop in virtual time', () => {
  test('makes servers and connections in memory', () =>
    runVirtual(async () => {
      const loop = networkLoop()
      const server = await loop.createServer(() => new ProtocolLog(), 'db.example', 5432)
      expect(server.sockets[0]!.getsockname()).toEqual(['db.example', 5432])
      const [transport, protocol] = await loop.createConnection(() => new ProtocolLog(), 'db.example', 5432)
      expect(protocol.heard).toEqual(['made'])
      expect(transport.getExtraInfo('peername')).toEqual(['db.example', 5432])
      await expect(loop.createConnection(() => new Protocol(), 'other.example', 5432)).rejects.toMatchObject({
        name: 'ConnectionRefusedError',
        code: 'ECONNREFUSED',
      })
      await expect(loop.createServer(() => new Protocol(), 'db.example', 5432)).rejects.toMatchObject({
        code: 'EADDRINUSE',
      })
      transport.close()
      await (server as AsyncDisposable)[Symbol.asyncDispose]()
    }))

  test('finds free ports, and servers of no host in particular under any name', () =>
    runVirtual(async () => {
      const loop = networkLoop()
      const first = await loop.createServer(() => new Protocol(), null, 0)
      const second = await loop.createServer(() => new Protocol(), null, 0, { startServing: false })
      const [, port] = first.sockets[0]!.getsockname() as [string, number]
      expect(second.sockets[0]!.getsockname()).not.toEqual(first.sockets[0]!.getsockname())
      await loop.createConnection(() => new Protocol(), 'anything.example', port)
      const [, other] = second.sockets[0]!.getsockname() as [string, number]
      await expect(loop.createConnection(() => new Protocol(), 'localhost', other)).rejects.toThrow(/ECONNREFUSED/)
      await second.startServing()
      await loop.createConnection(() => new Protocol(), 'localhost', other)
    }))

  test('makes Unix servers and connections in memory', () =>
    runVirtual(async () => {
      const loop = networkLoop()
      await expect(loop.createUnixConnection(() => new Protocol(), '/no/such')).rejects.toMatchObject({
        code: 'ENOENT',
      })
      const server = await loop.createUnixServer(() => new Protocol(), '/tmp/app.sock')
      expect(server.sockets[0]!.getsockname()).toBe('/tmp/app.sock')
      const [transport] = await loop.createUnixConnection(() => new Protocol(), '/tmp/app.sock')
      expect(transport.getExtraInfo('peername')).toBe('/tmp/app.sock')
    }))

  test('takes the latency of its network to connect, and can be cancelled meanwhile', () =>
    runVirtual(
      async () => {
        const loop = networkLoop()
        await loop.createServer(() => new Protocol(), null, 80)
        const cancelled = createTask(() => loop.createConnection(() => new Protocol(), 'x', 80))
        await advance(0.5)
        cancelled.cancel()
        await expect(cancelled).rejects.toThrow()
        const before = now()
        await loop.createConnection(() => new Protocol(), 'x', 80)
        expect(now() - before).toBe(1)
      },
      { network: { latency: 1 } },
    ))

  test('runs streams in virtual time', () =>
    runVirtual(
      async () => {
        const server = await startServer(
          async (reader, writer) => {
            writer.write(await reader.readline())
            writer.close()
          },
          'echo.example',
          7,
        )
        const before = now()
        const [reader, writer] = await openConnection('echo.example', 7)
        writer.write('hello\n')
        expect(new TextDecoder().decode(await reader.read())).toBe('hello\n')
        writer.close()
        await writer.waitClosed()
        server.close()
        await server.waitClosed()
        // To connect, there and back again.
        expect(now() - before).toBe(3)
      },
      { network: { latency: 1 }, leaks: true },
    ))

  test('has no TLS in memory', () =>
    runVirtual(async () => {
      const loop = networkLoop()
      expect(() => loop.createConnection(() => new Protocol(), 'x', 80, { ssl: true })).toThrow(NotImplementedError)
    }))

  test('makes sockets when told to, and lets them speak before time goes on', () =>
    runVirtual(
      async () => {
        const loop = networkLoop()
        const far = new ProtocolLog()
        const server = await loop.createServer(() => far, '127.0.0.1', 0)
        const [host, port] = server.sockets[0]!.getsockname() as [string, number]
        const [transport] = await loop.createConnection(() => new Protocol(), host, port)
        transport.write('over a socket')
        await sleep(1000)
        expect(far.heard).toEqual(['made', 'over a socket'])
        transport.close()
        server.close()
        await server.waitClosed()
      },
      { network: 'real' },
    ))
})

describe('a network under a seed', () => {
  /** Takes for granted that a message arrives in one piece. */
  async function program(): Promise<void> {
    const messages: string[] = []
    class Naive extends Protocol {
      override dataReceived(data: Uint8Array): void {
        messages.push(new TextDecoder().decode(data))
      }
    }
    const [transport] = memoryConnection(new Protocol(), new Naive(), { chunks: true, latency: [0, 0.1] })
    transport.write('message')
    await sleep(1)
    if (messages.length !== 1) throw new Error(`heard ${messages.join('|')}`)
  }

  test('is explored, and replayed', async () => {
    const failure = (await explore(program, { schedules: 100 }).catch((error: unknown) => error)) as ScheduleFailure
    expect(failure).toBeInstanceOf(ScheduleFailure)
    expect(failure.schedule).toMatch(/^\d+=1$/)
    await expect(replay(program, failure.schedule)).rejects.toThrow(/heard m\|essage/)
  })
})

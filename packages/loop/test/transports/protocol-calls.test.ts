import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ContextVar, currentTask } from '@asyncio-ts/core'
import type { Address, Transport } from '@asyncio-ts/core'
import { DatagramProtocol, newEventLoop, Protocol } from '../../src/index.ts'
import { onLoop } from '../on-loop.ts'
import { DatagramRecorder, Recorder } from '../recorder.ts'

const where = new ContextVar<string>('where', { default: 'nowhere' })

describe('a protocol', () => {
  it(
    'is called in a copy of the context in which its transport was made, and in no task',
    onLoop(async (loop) => {
      const seen: unknown[] = []
      class Looks extends DatagramRecorder {
        override datagramReceived(data: Uint8Array, from: Address): void {
          seen.push([where.get(), currentTask()])
          where.set('in the protocol')
          super.datagramReceived(data, from)
        }
      }
      where.set('where it was made')
      const localAddr: Address = ['127.0.0.1', 0]
      const [transport, protocol] = await loop.createDatagramEndpoint(() => new Looks(), { localAddr })
      where.set('somewhere else')
      const address = transport.getExtraInfo('sockname') as Address
      transport.sendto('one', address)
      await protocol.until(() => protocol.received.length === 1)
      transport.sendto('two', address)
      await protocol.until(() => protocol.received.length === 2)
      transport.close()
      await protocol.lost()
      expect(seen).toEqual([
        ['where it was made', null],
        ['in the protocol', null],
      ])
      expect(where.get()).toBe('somewhere else')
    }),
  )

  it(
    'is called in no task over a connection, whoever made it and writes to it',
    onLoop(async (loop) => {
      const seen = new Set<string>()
      class Looks extends Recorder {
        protected override note(event: string): void {
          seen.add(`${event} in ${currentTask() === null ? 'no task' : 'a task'}`)
          super.note(event)
        }
      }
      const accepted = new Looks()
      const server = await loop.createServer(() => accepted, '127.0.0.1', 0)
      const [host, port] = server.sockets[0]!.getsockname() as Address
      const [client, protocol] = await loop.createConnection(() => new Looks(), host, port)
      await accepted.until(() => accepted.transport !== null)
      const connection = accepted.transport as Transport
      connection.write('hello')
      await protocol.until(() => protocol.text === 'hello')
      connection.pauseReading()
      setImmediate(() => client.write(new Uint8Array(8_000_000)))
      await protocol.until(() => protocol.events.includes('pause'))
      connection.resumeReading()
      await protocol.until(() => protocol.events.includes('resume'))
      client.close()
      await accepted.lost()
      await protocol.lost()
      server.close()
      await server.waitClosed()
      expect([...seen].filter((each) => each.endsWith('a task') && !each.startsWith('pause'))).toEqual([])
      expect([...seen]).toContain('resume in no task')
    }),
  )

  it(
    'may write to the very stream it reads',
    onLoop(async (loop) => {
      const stream = new PassThrough()
      class Doubles extends Recorder {
        override dataReceived(data: Uint8Array): void {
          super.dataReceived(data)
          if (data.length < 8) stream.write(Buffer.concat([data, data]))
          else stream.end()
        }
      }
      const [, protocol] = await loop.connectReadPipe(() => new Doubles(), stream)
      stream.write('a')
      await protocol.lost()
      expect(protocol.data.length).toBe(15)
    }),
  )

  it('may throw: the loop is told, and the transport goes on', async () => {
    const loop = newEventLoop()
    const reported: unknown[] = []
    loop.setExceptionHandler((_, context) => reported.push([context.message, (context.exception as Error).message]))
    let received = 0
    class Throws extends DatagramProtocol {
      override datagramReceived(): void {
        received++
        throw new Error('no good')
      }

      override connectionMade(): void {
        throw new Error('not made')
      }
    }
    await loop.runUntilComplete(async () => {
      const localAddr: Address = ['127.0.0.1', 0]
      const [transport] = await loop.createDatagramEndpoint(() => new Throws(), { localAddr })
      const address = transport.getExtraInfo('sockname') as Address
      transport.sendto('one', address)
      transport.sendto('two', address)
      while (received < 2) await new Promise((resolve) => setImmediate(resolve))
      transport.close()
    })
    loop.close()
    const message = 'Exception in a callback of the protocol'
    expect(reported).toEqual([
      [message, 'not made'],
      [message, 'no good'],
      [message, 'no good'],
    ])
  })

  it('is not called any more when the loop is closed', async () => {
    const loop = newEventLoop()
    const stream = new PassThrough()
    class Counts extends Protocol {
      calls = 0

      override dataReceived(): void {
        this.calls++
      }

      override connectionLost(): void {
        this.calls++
      }
    }
    const [transport, protocol] = await loop.runUntilComplete(loop.connectReadPipe(() => new Counts(), stream))
    loop.close()
    stream.write('nobody listens')
    transport.close()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(protocol.calls).toBe(0)
    expect(stream.destroyed).toBe(true)
  })
})

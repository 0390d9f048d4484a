import { describe, expect, it } from 'vitest'
import { getRunningLoop } from '@asyncio-ts/core'
import type { Transport } from '@asyncio-ts/core'
import { newEventLoop, Protocol, Transport as BaseTransport } from '@asyncio-ts/loop'
import { openConnection, startServer, StreamReader, StreamReaderProtocol, StreamWriter } from '../src/index.ts'
import { runManually } from '../../../test-support/manual-loop.ts'

/** A transport that notes what is asked of it. */
class Noted extends BaseTransport {
  readonly calls: string[] = []
  override write(data: Uint8Array | string): void {
    this.calls.push(`write ${String(data)}`)
  }
  override writelines(chunks: Iterable<Uint8Array | string>): void {
    this.calls.push(`writelines ${[...chunks].join(',')}`)
  }
  override writeEof(): void {
    this.calls.push('writeEof')
  }
  override canWriteEof(): boolean {
    return true
  }
  override isClosing(): boolean {
    return this.calls.includes('close')
  }
  override close(): void {
    this.calls.push('close')
  }
  override abort(): void {
    this.calls.push('abort')
  }
}

function writerOf(transport: Transport): { writer: StreamWriter; protocol: StreamReaderProtocol } {
  const protocol = new StreamReaderProtocol(new StreamReader())
  return { writer: new StreamWriter(transport, protocol, null), protocol }
}

describe('a StreamWriter', () => {
  it('needs a protocol that says when more may be written', () =>
    runManually(async () => {
      const make = (protocol: unknown) => () => new StreamWriter(new Noted(), protocol as never, null)
      expect(make(new Protocol())).toThrow(/The protocol of a StreamWriter is a StreamReaderProtocol, got/)
      expect(make(null)).toThrow(TypeError)
      expect(writerOf(new Noted()).writer.isClosing()).toBe(false)
    }))

  it('hands everything to its transport', () =>
    runManually(async () => {
      const transport = new Noted()
      const { writer } = writerOf(transport)
      writer.write('a')
      writer.writelines(['b', 'c'])
      writer.writeEof()
      expect(writer.canWriteEof()).toBe(true)
      expect(writer.transport).toBe(transport)
      expect(writer.getExtraInfo('peername')).toBeNull()
      expect(writer.getExtraInfo('peername', 'nobody')).toBe('nobody')
      writer.close()
      expect(writer.isClosing()).toBe(true)
      expect(transport.calls).toEqual(['write a', 'writelines b,c', 'writeEof', 'close'])
    }))

  it('waits for the end of its connection, and throws what it ended with', () =>
    runManually(async () => {
      const { writer, protocol } = writerOf(new Noted())
      const waiting = getRunningLoop().createTask(writer.waitClosed())
      await null
      protocol.connectionLost(new RangeError('lost'))
      await expect(waiting).rejects.toThrow('lost')
      await expect(writer.waitClosed()).rejects.toThrow('lost')
      await expect(writer.drain()).rejects.toThrow('Connection lost')
    }))

  it('throws the error of its reader when it is drained', () =>
    runManually(async () => {
      const reader = new StreamReader()
      const writer = new StreamWriter(new Noted(), new StreamReaderProtocol(reader), reader)
      reader.setException(new RangeError('broken'))
      await expect(writer.drain()).rejects.toThrow('broken')
      expect(String(writer)).toContain('reader=<StreamReader')
    }))
})

describe('the Node stream of a connection whose loop is closed', () => {
  it('fails, and throws nothing into the host', async () => {
    const loop = newEventLoop()
    const streams = await loop.runUntilComplete(async () => {
      const server = await startServer(() => undefined, '127.0.0.1', 0)
      const [host, port] = server.sockets[0]!.getsockname()
      const [reader, writer] = await openConnection(host, port)
      return { readable: reader.toNode(), writable: writer.toNode(), writer }
    })
    loop.close()
    const { readable, writable } = streams
    const failed = (stream: NodeJS.EventEmitter): Promise<Error> =>
      new Promise((resolve) => stream.once('error', resolve))
    const errors = [failed(readable), failed(writable)]
    readable.resume()
    writable.write('more')
    for (const error of await Promise.all(errors)) expect(error.message).toContain('Event loop is closed')
    streams.writer.close()
  })
})

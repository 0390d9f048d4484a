import { describe, expect, it } from 'vitest'
import { getRunningLoop, setEventLoop } from '@asyncio-ts/core'
import type { Server } from '@asyncio-ts/core'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import { ManualLoop } from '../../../test-support/manual-loop.ts'
import { openConnection, startServer, StreamReader, StreamReaderProtocol } from '../src/index.ts'
import type { StreamWriter } from '../src/index.ts'

/** What CPython's own tests of streams ask for, said anew; packages/conformance/intent names them. */
describe('a StreamReader', () => {
  it('shows its state as CPython does', () => {
    const loop = new ManualLoop()
    const reader = new StreamReader({ loop })
    expect(String(reader)).toBe('<StreamReader>')
    expect(String(new StreamReader({ loop, limit: 123 }))).toBe('<StreamReader limit=123>')
    reader.feedData('data')
    expect(String(reader)).toBe('<StreamReader 4 bytes>')
    reader.feedEof()
    expect(String(reader)).toBe('<StreamReader 4 bytes eof>')
    const failed = new StreamReader({ loop })
    failed.setException(new RangeError('broken'))
    expect(String(failed)).toBe("<StreamReader exception=RangeError('broken')>")
    const waited = new StreamReader({ loop })
    const task = loop.createTask(() => waited.read(1))
    loop.turn()
    expect(String(waited)).toMatch(/^<StreamReader waiter=<Future pending/)
    task.cancel()
    loop.turn()
    expect(String(waited)).toBe('<StreamReader>')
    loop.close()
  })

  it('and its protocol belong to the loop that is given, or set', async () => {
    const loop = new ManualLoop()
    setEventLoop(loop)
    try {
      const reader = new StreamReader()
      expect(() => new StreamReaderProtocol(reader)).not.toThrow()
      const task = loop.createTask(() => reader.read(4))
      loop.turn()
      reader.feedData('data')
      loop.turn()
      expect(text(task.result())).toBe('data')
    } finally {
      setEventLoop(null)
      loop.close()
    }
  })
})

describe('a writer that is closed', () => {
  inBoth('is waited for, also when the other side has written what nobody read', function* (wait) {
    const ends: string[] = []
    const callback = async (_reader: StreamReader, writer: StreamWriter): Promise<void> => {
      writer.write('unread data')
      await writer.drain()
      writer.close()
      await writer.waitClosed()
      ends.push('server')
    }
    const server: Server = yield* wait(startServer(callback, '127.0.0.1', 0))
    const [, port] = server.sockets[0]!.getsockname() as [string, number]
    const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
    expect(text(yield* wait(reader.read(6)))).toBe('unread')
    writer.close()
    expect(writer.isClosing()).toBe(true)
    yield* wait(writer.waitClosed())
    ends.push('client')
    server.close()
    yield* wait(server.waitClosed())
    expect(ends.sort()).toEqual(['client', 'server'])
    expect(getRunningLoop().isRunning()).toBe(true)
  })
})

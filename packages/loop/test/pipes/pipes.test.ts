import { spawn } from 'node:child_process'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough, Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { getRunningLoop } from '@asyncio-ts/core'
import type { ReadTransport } from '@asyncio-ts/core'
import { newEventLoop, run } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { Fifo, isOpen } from './fifo.ts'
import { onLoop } from '../on-loop.ts'
import { Recorder } from '../recorder.ts'

/** Does not want to hear anything at first. */
class PausedRecorder extends Recorder {
  override connectionMade(transport: ReadTransport): void {
    transport.pauseReading()
    super.connectionMade(transport)
  }
}

describe('connectReadPipe', () => {
  it(
    'reads a named pipe given by its descriptor, to the end',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const [transport, protocol] = await loop.connectReadPipe(() => new Recorder(), read)
      expect(protocol.events).toEqual(['made'])
      expect(transport.getExtraInfo('pipe')).toBe(read)
      writeSync(write, 'hello ')
      await protocol.until(() => protocol.text === 'hello ')
      writeSync(write, 'world')
      closeSync(write)
      await protocol.lost()
      expect(protocol.text).toBe('hello world')
      expect(protocol.events).toEqual(['made', 'data', 'eof', 'lost'])
      expect(transport.isClosing()).toBe(true)
    }),
  )

  it(
    'reads the output of another process',
    onLoop(async (loop) => {
      const child = spawn('sh', ['-c', 'printf one; printf two'])
      const [, protocol] = await loop.connectReadPipe(() => new Recorder(), child.stdout)
      await protocol.lost()
      expect(protocol.text).toBe('onetwo')
      expect(protocol.events.slice(-2)).toEqual(['eof', 'lost'])
    }),
  )

  it(
    'reads a FileHandle, which gives way to a descriptor of the transport',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const handle = await open(fifo.path, 'r')
      closeSync(read)
      const [transport, protocol] = await loop.connectReadPipe(() => new Recorder(), handle)
      expect(transport.getExtraInfo('pipe')).toBe(handle)
      writeSync(write, 'by handle')
      closeSync(write)
      await protocol.lost()
      expect(protocol.text).toBe('by handle')
      expect(handle.fd).toBe(-1)
    }),
  )

  it(
    'reads a character device',
    onLoop(async (loop) => {
      const [, protocol] = await loop.connectReadPipe(() => new Recorder(), openSync('/dev/null', 'r'))
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'eof', 'lost'])
    }),
  )

  it(
    'keeps bytes and the end back while reading is paused',
    onLoop(async (loop) => {
      const source = new PassThrough()
      const [transport, protocol] = await loop.connectReadPipe(() => new Recorder(), source)
      transport.pauseReading()
      transport.pauseReading()
      expect(transport.isReading()).toBe(false)
      source.end('late')
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(protocol.events).toEqual(['made'])
      transport.resumeReading()
      transport.resumeReading()
      await protocol.lost()
      expect(protocol.text).toBe('late')
      expect(protocol.events).toEqual(['made', 'data', 'eof', 'lost'])
    }),
  )

  it(
    'keeps the output of a process that ends while reading is paused',
    onLoop(async (loop) => {
      const child = spawn('sh', ['-c', 'printf kept'])
      const exited = new Promise((resolve) => child.on('exit', resolve))
      const [transport, protocol] = await loop.connectReadPipe(() => new PausedRecorder(), child.stdout)
      await exited
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(protocol.events).toEqual(['made'])
      transport.resumeReading()
      await protocol.lost()
      expect(protocol.text).toBe('kept')
    }),
  )

  it(
    'calls connectionLost once and closes the descriptor when it is closed',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const [transport, protocol] = await loop.connectReadPipe(() => new Recorder(), read)
      writeSync(write, 'never heard of')
      transport.close()
      transport.close()
      expect(transport.isReading()).toBe(false)
      expect(protocol.events).toEqual(['made'])
      await protocol.lost()
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(protocol.events).toEqual(['made', 'lost'])
      expect(isOpen(read)).toBe(false)
      closeSync(write)
    }),
  )

  it('tells of a stream that fails', async () => {
    const reported: string[] = []
    await run(async () => {
      const source = new Readable({ read: () => undefined })
      const loop = getRunningLoop() as unknown as EventLoop
      loop.setExceptionHandler((_, context) => reported.push(context.message))
      const [, protocol] = await loop.connectReadPipe(() => new Recorder(), source)
      source.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }))
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'lost ConnectionResetError'])
    })
    expect(reported).toEqual(['Fatal read error on pipe transport'])
  })

  it.each([
    ['a regular file', () => openSync(new URL(import.meta.url), 'r'), 'ValueError'],
    ['a descriptor that is closed', () => 9999, 'OSError'],
    ['text', () => new PassThrough().setEncoding('utf8'), 'ValueError'],
    ['objects', () => new PassThrough({ objectMode: true }), 'ValueError'],
    ['a stream that is closed', () => new PassThrough().destroy(), 'ValueError'],
    ['nothing', () => undefined, 'TypeError'],
  ])('refuses %s', async (_, pipe, name) => {
    const loop = newEventLoop()
    const given = pipe()
    const failed = loop.runUntilComplete(loop.connectReadPipe(() => new Recorder(), given))
    await expect(failed).rejects.toThrow(expect.objectContaining({ name }))
    loop.close()
    if (typeof given === 'number' && isOpen(given)) closeSync(given)
  })

  it(
    'closes the transport when the caller is cancelled',
    onLoop(async (loop) => {
      const source = new PassThrough()
      const protocol = new Recorder()
      function factory(): Recorder {
        loop.callSoon(() => task.cancel())
        return protocol
      }
      const task = loop.createTask(loop.connectReadPipe(factory, source))
      await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      await protocol.lost()
      expect(source.destroyed).toBe(true)
    }),
  )
})

describe('connectWritePipe', () => {
  it(
    'writes a named pipe given by its descriptor',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), write)
      transport.write('hello ')
      transport.writelines([Buffer.from('wor'), 'ld'])
      transport.write(new Uint8Array(0))
      expect(transport.canWriteEof()).toBe(true)
      transport.writeEof()
      transport.write('too late')
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'lost'])
      const buffer = Buffer.alloc(100)
      expect(buffer.toString('utf8', 0, readSync(read, buffer))).toBe('hello world')
      expect(isOpen(write)).toBe(false)
      closeSync(read)
    }),
  )

  it(
    'writes to another process',
    onLoop(async (loop) => {
      const child = spawn('cat')
      const [input] = await loop.connectWritePipe(() => new Recorder(), child.stdin)
      const [, output] = await loop.connectReadPipe(() => new Recorder(), child.stdout)
      const sent = Buffer.alloc(300_000, 'abcdefg')
      input.write(sent)
      input.close()
      await output.lost()
      expect(output.data.equals(sent)).toBe(true)
    }),
  )

  it(
    'does not look at the bytes of the caller after write has returned',
    onLoop(async (loop) => {
      const child = spawn('sh', ['-c', 'sleep 0.05; cat'])
      const [input] = await loop.connectWritePipe(() => new Recorder(), child.stdin)
      const [, output] = await loop.connectReadPipe(() => new Recorder(), child.stdout)
      const bytes = new Uint8Array(400_000)
      for (const letter of [97, 98, 99]) {
        bytes.fill(letter)
        input.write(bytes)
      }
      bytes.fill(0)
      input.close()
      await output.lost()
      expect(output.data.indexOf(0)).toBe(-1)
      expect(output.data.subarray(400_000, 800_000).every((byte) => byte === 98)).toBe(true)
    }),
  )

  it(
    'pauses and resumes its protocol',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), write)
      expect(transport.getWriteBufferLimits()).toEqual([16384, 65536])
      for (let count = 0; count < 10; count++) transport.write(Buffer.alloc(30_000))
      expect(protocol.events).toEqual(['made', 'pause'])
      expect(transport.getWriteBufferSize()).toBeGreaterThan(65536)
      const [, reader] = await loop.connectReadPipe(() => new Recorder(), read)
      await protocol.until(() => protocol.events.includes('resume'))
      expect(transport.getWriteBufferSize()).toBeLessThanOrEqual(16384)
      transport.close()
      await reader.lost()
      expect(reader.data.length).toBe(300_000)
      expect(protocol.events).toEqual(['made', 'pause', 'resume', 'lost'])
    }),
  )

  it(
    'pauses as soon as the limits are lowered below what waits',
    onLoop(async (loop) => {
      const sink = new Writable({ write: () => undefined })
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), sink)
      transport.write('waits')
      transport.setWriteBufferLimits({ low: 2 })
      expect(transport.getWriteBufferLimits()).toEqual([2, 8])
      expect(protocol.events).toEqual(['made'])
      transport.setWriteBufferLimits({ high: 0 })
      expect(protocol.events).toEqual(['made', 'pause'])
      expect(() => transport.setWriteBufferLimits({ high: 1, low: 2 })).toThrow('must be >= low')
      transport.abort()
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'pause', 'lost'])
    }),
  )

  it(
    'fails with a BrokenPipeError when nobody reads any more',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), write)
      closeSync(read)
      transport.write('nobody')
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'lost BrokenPipeError'])
      expect(protocol.error).toMatchObject({ code: 'EPIPE' })
      expect(transport.isClosing()).toBe(true)
    }),
  )

  it(
    'is lost when the process at the other end goes away',
    onLoop(async (loop) => {
      const child = spawn('true')
      const [, protocol] = await loop.connectWritePipe(() => new Recorder(), child.stdin)
      await protocol.lost()
      expect(protocol.events).toEqual(['made', 'lost'])
    }),
  )

  it(
    'drops what waits when it is aborted while it closes',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      const { read, write } = fifo.open()
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), write)
      transport.write(Buffer.alloc(500_000))
      transport.close()
      transport.close()
      transport.abort()
      transport.abort()
      expect(transport.getWriteBufferSize()).toBe(0)
      await protocol.lost()
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(protocol.events).toEqual(['made', 'pause', 'lost'])
      expect(isOpen(write)).toBe(false)
      closeSync(read)
    }),
  )

  it(
    'refuses what is no bytes',
    onLoop(async (loop) => {
      const [transport, protocol] = await loop.connectWritePipe(() => new Recorder(), new PassThrough())
      expect(() => transport.write(5 as unknown as string)).toThrow(TypeError)
      transport.close()
      await protocol.lost()
    }),
  )
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect as hostConnect, createServer as hostServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { getRunningLoop } from '@asyncio-ts/core'
import type { Awaitable, Coroutine, Server } from '@asyncio-ts/core'
import { openConnection, openUnixConnection, startServer, startUnixServer, StreamReader } from '../src/index.ts'
import type { ClientConnectedCallback, StreamWriter } from '../src/index.ts'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import type { Wait } from '../../../test-support/spellings.ts'

type Test<T> = Generator<never, T, unknown>

const portOf = (server: Server): number => (server.sockets[0]!.getsockname() as [string, number])[1]

function* failure(wait: Wait, make: () => Awaitable<unknown>): Test<Error> {
  try {
    yield* wait(make())
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not fail.')
}

/** Serves on the loopback while the body runs, then closes and waits for the end of every connection. */
function* serving(wait: Wait, callback: ClientConnectedCallback, body: (port: number) => Test<void>): Test<void> {
  const server = yield* wait(startServer(callback, '127.0.0.1', 0))
  try {
    yield* body(portOf(server))
  } finally {
    server.close()
    yield* wait(server.waitClosed())
  }
}

function* echo(reader: StreamReader, writer: StreamWriter): Coroutine<void> {
  const lines = reader[Symbol.asyncIterator]()
  for (let line = yield* lines.next(); !line.done; line = yield* lines.next()) {
    writer.write(line.value)
    yield* writer.drain()
  }
  writer.close()
}

async function echoAsync(reader: StreamReader, writer: StreamWriter): Promise<void> {
  for await (const line of reader) {
    writer.write(line)
    await writer.drain()
  }
  writer.close()
}

describe('streams over TCP', () => {
  for (const [name, callback] of Object.entries({ 'function*': echo, 'async function': echoAsync })) {
    inBoth(`talk to a server whose callback is a ${name}`, function* (wait) {
      yield* serving(wait, callback, function* (port) {
        const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
        writer.writelines(['one\n', new TextEncoder().encode('two\n')])
        yield* wait(writer.drain())
        expect([text(yield* wait(reader.readline())), text(yield* wait(reader.readuntil('o\n')))]).toEqual([
          'one\n',
          'two\n',
        ])
        expect(writer.getExtraInfo('peername')).toEqual(['127.0.0.1', port])
        writer.writeEof()
        expect([(yield* wait(reader.read())).length, reader.atEof()]).toEqual([0, true])
        writer.close()
        expect(writer.isClosing()).toBe(true)
        yield* wait(writer.waitClosed())
      })
    })
  }

  inBoth('call a plain callback', function* (wait) {
    const served: string[] = []
    const callback = (_reader: StreamReader, writer: StreamWriter): void => {
      served.push(String((writer.getExtraInfo('sockname') as [string, number])[0]))
      writer.write('bye')
      writer.close()
    }
    yield* serving(wait, callback, function* (port) {
      const [reader, writer] = yield* wait(openConnection({ host: '127.0.0.1', port }))
      expect(text(yield* wait(reader.read()))).toBe('bye')
      writer.close()
      yield* wait(writer.waitClosed())
    })
    expect(served).toEqual(['127.0.0.1'])
  })

  inBoth('close the connection of a callback that fails, and report the error', function* (wait) {
    const loop = getRunningLoop()
    const outer = loop.getExceptionHandler()
    const reports: unknown[] = []
    loop.setExceptionHandler((_loop, { message, exception }) => reports.push(message, (exception as Error).message))
    const callback = async (): Promise<void> => {
      throw new Error('no service')
    }
    yield* serving(wait, callback, function* (port) {
      const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
      expect(yield* wait(reader.read())).toHaveLength(0)
      yield* wait(writer[Symbol.asyncDispose]())
    })
    loop.setExceptionHandler(outer)
    expect(reports).toEqual(['Unhandled exception in client_connected_cb', 'no service'])
  })

  inBoth('wait while the other side is slow, and buffer no more than the limits', function* (wait) {
    const block = new Uint8Array(100_000)
    let sent = 0
    let peak = 0
    const flood = function* (_reader: StreamReader, writer: StreamWriter): Coroutine<void> {
      for (let i = 0; i < 200; i++) {
        writer.write(block)
        peak = Math.max(peak, writer.transport.getWriteBufferSize())
        yield* writer.drain()
        sent += block.length
      }
      writer.close()
    }
    yield* serving(wait, flood, function* (port) {
      const [reader, writer] = yield* wait(openConnection('127.0.0.1', port, { limit: 1000 }))
      yield* wait(reader.readexactly(10))
      let left = 200 * block.length - 10
      while (left > 0) {
        const some = yield* wait(reader.read(50_000))
        left -= some.length
        expect(reader._buffer.length).toBeLessThan(200_000)
      }
      yield* wait(writer[Symbol.asyncDispose]())
    })
    expect([sent, peak < 400_000]).toEqual([200 * block.length, true])
  })

  inBoth('throw what the connection ended with, at reads, drains and waits', function* (wait) {
    let reset: () => void = () => undefined
    const host = hostServer((socket) => {
      socket.on('error', () => undefined)
      reset = () => void socket.resetAndDestroy()
    })
    const listening = getRunningLoop().createFuture<void>()
    host.listen(0, '127.0.0.1', () => listening.setResult())
    yield* wait(listening)
    const { port } = host.address() as { port: number }
    const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
    const reading = getRunningLoop().createTask(() => reader.readexactly(1))
    yield* wait(later(() => reset()))
    expect((yield* failure(wait, () => reading)).name).toBe('ConnectionResetError')
    expect((yield* failure(wait, () => reader.read(1))).name).toBe('ConnectionResetError')
    expect((yield* failure(wait, () => writer.drain())).name).toBe('ConnectionResetError')
    expect((yield* failure(wait, () => writer.waitClosed())).name).toBe('ConnectionResetError')
    host.close()
  })

  inBoth('let any number of tasks drain, and wait for the end', function* (wait) {
    const slow = function* (reader: StreamReader, writer: StreamWriter): Coroutine<void> {
      yield* reader.readexactly(3_000_000)
      writer.close()
    }
    yield* serving(wait, slow, function* (port) {
      const [, writer] = yield* wait(openConnection('127.0.0.1', port))
      writer.write(new Uint8Array(3_000_000))
      const loop = getRunningLoop()
      const drains = [1, 2, 3].map(() => loop.createTask(() => writer.drain()))
      for (const drain of drains) yield* wait(drain)
      const [first, second] = [1, 2].map(() => loop.createTask(() => writer.waitClosed()))
      yield* wait(later(() => first!.cancel()))
      writer.close()
      yield* wait(second!)
      expect([first!.cancelled(), second!.cancelled()]).toEqual([true, false])
    })
  })

  inBoth('throw the errors of the system', function* (wait) {
    const server = yield* wait(startServer(echo, '127.0.0.1', 0))
    const port = portOf(server)
    expect((yield* failure(wait, () => startServer(echo, '127.0.0.1', port))).name).toBe('OSError')
    server.close()
    yield* wait(server.waitClosed())
    expect((yield* failure(wait, () => openConnection('127.0.0.1', port))).name).toBe('ConnectionRefusedError')
    expect((yield* failure(wait, () => openUnixConnection('/no/such/socket'))).name).toBe('FileNotFoundError')
  })

  inBoth('leave no socket behind when opening is cancelled', function* (wait) {
    const loop = getRunningLoop()
    const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
    yield* serving(wait, echo, function* (port) {
      const before = sockets()
      for (let turns = 1; turns < 4; turns++) {
        const task = loop.createTask(() => openConnection('127.0.0.1', port))
        for (let i = 0; i < turns; i++) yield* wait(turn())
        if (task.done()) {
          const [, writer] = (yield* wait(task)) as [StreamReader, StreamWriter]
          yield* wait(writer[Symbol.asyncDispose]())
        } else {
          task.cancel()
          expect((yield* failure(wait, () => task)).name).toBe('CancelledError')
        }
      }
      yield* wait(later(() => undefined))
      expect(sockets()).toBe(before)
    })
  })
})

describe('streams over Unix sockets', () => {
  inBoth('connect by a path', function* (wait) {
    const folder = mkdtempSync(join(tmpdir(), 'streams-'))
    const path = join(folder, 'socket')
    const server = yield* wait(startUnixServer(echo, path))
    for (const open of [() => openUnixConnection(path), () => openConnection({ path })]) {
      const [reader, writer] = yield* wait(open())
      writer.write('hello\n')
      expect(text(yield* wait(reader.readline()))).toBe('hello\n')
      yield* wait(writer[Symbol.asyncDispose]())
    }
    server.close()
    yield* wait(server.waitClosed())
    rmSync(folder, { recursive: true })
  })
})

describe('TLS', () => {
  const fixtures = new URL('../../loop/test/network/fixtures/', import.meta.url)
  const pem = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8')

  inBoth('is begun on a connection, by both sides', function* (wait) {
    const [cert, key] = [pem('server.pem'), pem('server-key.pem')]
    const upgrade = function* (reader: StreamReader, writer: StreamWriter): Coroutine<void> {
      expect(text(yield* reader.readline())).toBe('STARTTLS\n')
      writer.write('go\n')
      yield* writer.startTls({ cert, key })
      writer.write(`secret ${text(yield* reader.readline())}`)
      yield* writer.drain()
      writer.close()
    }
    yield* serving(wait, upgrade, function* (port) {
      const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
      writer.write('STARTTLS\n')
      expect(text(yield* wait(reader.readline()))).toBe('go\n')
      yield* wait(writer.startTls({ ca: pem('authority.pem') }, { serverHostname: 'localhost' }))
      expect(writer.getExtraInfo('cipher')).not.toBeNull()
      writer.write('word\n')
      expect(text(yield* wait(reader.read()))).toBe('secret word\n')
      yield* wait(writer[Symbol.asyncDispose]())
    })
  })
})

describe('TLS that the client begins without waiting', () => {
  const fixtures = new URL('../../loop/test/network/fixtures/', import.meta.url)
  const pem = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8')

  inBoth('finds the greeting that the reader has already got', function* (wait) {
    let early = 0
    const upgrade = function* (reader: StreamReader, writer: StreamWriter): Coroutine<void> {
      yield* reader.readline()
      while (reader._buffer.length === 0) yield* later(() => undefined)
      early = reader._buffer.length
      yield* writer.startTls({ cert: pem('server.pem'), key: pem('server-key.pem') })
      writer.write(`secret ${text(yield* reader.readline())}`)
      writer.close()
    }
    yield* serving(wait, upgrade, function* (port) {
      const [reader, writer] = yield* wait(openConnection('127.0.0.1', port))
      writer.write('STARTTLS\n')
      yield* wait(writer.startTls({ ca: pem('authority.pem') }, { serverHostname: 'localhost' }))
      writer.write('word\n')
      expect(text(yield* wait(reader.read()))).toBe('secret word\n')
      yield* wait(writer[Symbol.asyncDispose]())
    })
    expect(early).toBeGreaterThan(0)
  })
})

describe('openConnection', () => {
  it('says that it needs run outside of it', () => {
    expect(() => openConnection('127.0.0.1', 1)).toThrow(/inside run\(main\)/)
  })

  inBoth('refuses what makes no sense, at the call', function* () {
    expect(() => startServer('callback' as never)).toThrow(/function of a reader and a writer/)
    expect(() => startServer(echo, '127.0.0.1', 0, { limit: 0 })).toThrow(/Limit cannot be <= 0/)
    expect(() => openUnixConnection(5 as never)).toThrow(/path/)
  })

  it('works beside a client of the host', async () => {
    const { run } = await import('@asyncio-ts/loop')
    await run(async () => {
      await using server = await startServer(echoAsync, '127.0.0.1', 0)
      const socket = hostConnect(portOf(server), '127.0.0.1')
      socket.end('plain\n')
      const answer = await StreamReader.fromNode(socket).read()
      expect(text(answer)).toBe('plain\n')
    })
  })
})

function turn(): Awaitable<void> {
  const future = getRunningLoop().createFuture<void>()
  getRunningLoop().callSoon(() => future.setResult())
  return future
}

/** Lets the host go round a few times, then calls back. */
function later(callback: () => unknown): Awaitable<void> {
  const future = getRunningLoop().createFuture<void>()
  let left = 5
  const round = (): void => {
    if (left-- > 0) setImmediate(round)
    else {
      callback()
      future.setResult()
    }
  }
  round()
  return future
}

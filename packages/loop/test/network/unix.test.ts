import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer as createHostServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, describe, expect, vi } from 'vitest'
import type { Coroutine, Server } from '@asyncio-ts/core'
import type { EventLoop } from '../../src/index.ts'
import { clientSsl, Echo, end, errorOf, onLoop, Recorder, serverSsl, turns } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'asyncio-ts-unix-'))
let count = 0
const newPath = (): string => join(folder, `${count++}.sock`)

afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => rmSync(folder, { recursive: true }))

function* echoServer(loop: EventLoop, path: string): Coroutine<Server> {
  return yield* loop.createUnixServer(() => new Echo(), path)
}

function* says(loop: EventLoop, path: string, text: string): Coroutine<void> {
  const client = new Recorder()
  const [transport] = yield* loop.createUnixConnection(() => client, path)
  transport.write(text)
  yield* client.untilText(text)
  transport.close()
  yield* client.untilLost()
}

/** What a server that was killed leaves behind. */
function* leaveStale(loop: EventLoop, path: string): Coroutine<void> {
  const server = yield* loop.createUnixServer(() => new Echo(), path, { cleanupSocket: false })
  yield* end({ server })
  expect(statSync(path).isSocket()).toBe(true)
}

describe('a Unix socket', () => {
  onLoop('carries bytes, and has names', function* ({ loop }) {
    const path = newPath()
    const accepted = new Echo()
    const server = yield* loop.createUnixServer(() => accepted, path)
    expect(server.sockets[0]).toMatchObject({ family: 'Unix' })
    expect(server.sockets[0]!.getsockname()).toBe(path)
    const client = new Recorder()
    const [transport] = yield* loop.createUnixConnection(() => client, path)
    transport.write('hello')
    yield* client.untilText('hello')
    expect(transport.getExtraInfo('peername')).toBe(path)
    expect(transport.getExtraInfo('sockname')).toBe('')
    expect(accepted.transport.getExtraInfo('sockname')).toBe(path)
    expect(accepted.transport.getExtraInfo('peername')).toBe('')
    transport.writeEof()
    yield* client.untilLost()
    yield* end({ server })
  })

  onLoop('can be encrypted, by several at once', function* ({ loop }) {
    const path = newPath()
    const server = yield* loop.createUnixServer(() => new Echo(), path, { ssl: serverSsl() })
    const clients = [new Recorder(), new Recorder(), new Recorder()]
    const options = { ssl: clientSsl, serverHostname: 'localhost' }
    const making = clients.map((client) => loop.createTask(loop.createUnixConnection(() => client, path, options)))
    for (const [index, client] of clients.entries()) {
      yield* making[index]!
      client.transport.write(`secret ${index}`)
      yield* client.untilText(`secret ${index}`)
      client.transport.close()
      yield* client.untilLost()
    }
    yield* end({ server })
  })

  onLoop('that nobody listens on, that does not exist, and that is no socket', function* ({ loop }) {
    const path = newPath()
    const missing = yield* errorOf(loop.createUnixConnection(() => new Recorder(), path))
    expect(missing).toMatchObject({ name: 'FileNotFoundError', code: 'ENOENT' })
    yield* leaveStale(loop, path)
    const refused = yield* errorOf(loop.createUnixConnection(() => new Recorder(), path))
    expect(refused).toMatchObject({ name: 'ConnectionRefusedError', code: 'ECONNREFUSED' })
    const file = newPath()
    writeFileSync(file, '')
    const noSocket = yield* errorOf(loop.createUnixConnection(() => new Recorder(), file))
    expect(noSocket.name).toBe('ConnectionRefusedError')
  })

  onLoop('that this user must not use is a PermissionError', function* ({ loop }) {
    // Nobody is kept from anything who is root: the host says what it would say to another user.
    const net = process.getBuiltinModule('node:net')
    const refuse = vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
      this.destroy(Object.assign(new Error('connect EACCES'), { code: 'EACCES', syscall: 'connect' }))
      return this
    } as never)
    const path = newPath()
    const error = yield* errorOf(loop.createUnixConnection(() => new Recorder(), path))
    expect(error).toMatchObject({ name: 'PermissionError', code: 'EACCES' })
    refuse.mockRestore()
    const closed = mkdtempSync(join(folder, 'closed-'))
    chmodSync(closed, 0o000)
    if (process.getuid?.() !== 0) {
      const unreadable = yield* errorOf(echoServer(loop, join(closed, 'x')))
      expect(unreadable.name).toBe('PermissionError')
    }
    chmodSync(closed, 0o700)
  })

  onLoop('replaces one that a dead server has left', function* ({ loop }) {
    const path = newPath()
    yield* leaveStale(loop, path)
    const server = yield* echoServer(loop, path)
    yield* says(loop, path, 'again')
    yield* end({ server })
  })

  onLoop('does not replace a file', function* ({ loop }) {
    const path = newPath()
    writeFileSync(path, 'precious')
    const error = yield* errorOf(echoServer(loop, path))
    expect(error).toMatchObject({ name: 'OSError', code: 'EADDRINUSE', message: `Address '${path}' is already in use` })
    expect(statSync(path).isFile()).toBe(true)
  })

  onLoop('needs a folder', function* ({ loop }) {
    const error = yield* errorOf(echoServer(loop, join(folder, 'missing', 'x.sock')))
    expect(['FileNotFoundError', 'PermissionError']).toContain(error.name)
  })

  onLoop('is removed when its server is closed', function* ({ loop }) {
    const path = newPath()
    const server = yield* echoServer(loop, path)
    expect(existsSync(path)).toBe(true)
    yield* end({ server })
    expect(existsSync(path)).toBe(false)
  })

  onLoop('stays when it is not to be cleaned up', function* ({ loop }) {
    yield* leaveStale(loop, newPath())
  })

  onLoop('stays when it is another by then', function* ({ loop }) {
    const path = newPath()
    const server = yield* echoServer(loop, path)
    const successor = createHostServer((socket) => socket.end('successor'))
    const isListening = loop.createFuture<void>()
    const aside = newPath()
    successor.listen(aside, () => isListening.setResult())
    yield* isListening
    renameSync(aside, path)
    yield* end({ server })
    const client = new Recorder()
    yield* loop.createUnixConnection(() => client, path)
    yield* client.untilLost()
    expect(client.text).toBe('successor')
    successor.close()
    rmSync(path)
  })

  onLoop('that is another by then leaves every other file alone', function* ({ loop }) {
    const path = newPath()
    const neighbour = `${path}.${process.pid}`
    const server = yield* echoServer(loop, path)
    rmSync(path)
    writeFileSync(path, 'another')
    writeFileSync(neighbour, 'mine')
    yield* end({ server })
    expect([readFileSync(path, 'utf8'), readFileSync(neighbour, 'utf8')]).toEqual(['another', 'mine'])
    expect(readdirSync(folder).filter((name) => name.startsWith(basename(path)))).toHaveLength(2)
    rmSync(path)
    rmSync(neighbour)
  })

  onLoop('may be gone by the time its server is closed', function* ({ loop }) {
    const path = newPath()
    const server = yield* echoServer(loop, path)
    rmSync(path)
    yield* end({ server })
    expect(existsSync(path)).toBe(false)
  })

  onLoop('may be a server or a socket of the host', function* ({ loop }) {
    const path = newPath()
    const sock = createHostServer()
    const isListening = loop.createFuture<void>()
    sock.listen(path, () => isListening.setResult())
    yield* isListening
    const server = yield* loop.createUnixServer(() => new Echo(), undefined, { sock })
    expect(server.sockets[0]!.getsockname()).toBe(path)
    const client = new Recorder()
    const taken = process.getBuiltinModule('node:net').connect(path)
    const [transport] = yield* loop.createUnixConnection(() => client, undefined, { sock: taken })
    transport.write('of the host')
    yield* client.untilText('of the host')
    yield* end({ server })
    expect(existsSync(path)).toBe(false)
  })

  onLoop('refuses arguments that contradict each other', function* ({ loop }) {
    const make = (): Recorder => new Recorder()
    const sock = createHostServer()
    expect(() => loop.createUnixServer(make)).toThrow('path was not specified, and no sock specified')
    expect(() => loop.createUnixServer(make, 'x', { sock })).toThrow('path and sock can not be specified')
    expect(() => loop.createUnixServer(make, 'x', { ssl: true as never })).toThrow(TypeError)
    expect(() => loop.createUnixConnection(make)).toThrow('path was not specified, and no sock specified')
    expect(() => loop.createUnixConnection(make, 'x', { ssl: true })).toThrow(/You must set serverHostname/)
    expect(() => loop.createUnixConnection(make, '')).toThrow(TypeError)
    yield* turns(1)
  })
})

describe.runIf(process.platform === 'linux')('an abstract Unix socket', () => {
  onLoop('lives outside the file system', function* ({ loop }) {
    const path = `\0asyncio-ts-test-${process.pid}`
    const server = yield* echoServer(loop, path)
    yield* says(loop, path, 'abstract')
    yield* end({ server })
    const error = yield* errorOf(loop.createUnixConnection(() => new Recorder(), path))
    expect(error.name).toBe('ConnectionRefusedError')
  })
})

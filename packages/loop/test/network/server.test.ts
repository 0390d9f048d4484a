import { connect as hostConnect, createServer as createTcpServer, Server as NetServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import type { Coroutine, Server, Task } from '@asyncio-ts/core'
import { getRunningLoop, newEventLoop, Protocol, run } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import {
  Echo,
  end,
  errorOf,
  onLoop,
  openSockets,
  portOf,
  Recorder,
  runOnLoop,
  socketOf,
  socketsLeft,
  turns,
} from './stage.ts'

/** Since Node 22.12 and 23.1, where the system has it. */
const hasReusePort = process.platform === 'linux' && Number(process.versions.node.split('.')[0]) >= 24

/** A server that keeps the protocols it makes. */
function* recording(loop: EventLoop): Coroutine<{ server: Server; port: number; accepted: Recorder[] }> {
  const accepted: Recorder[] = []
  const server = yield* loop.createServer(() => (accepted.push(new Recorder()), accepted.at(-1)!), '127.0.0.1', 0)
  return { server, port: portOf(server), accepted }
}

function* connect(loop: EventLoop, port: number, host = '127.0.0.1'): Coroutine<Recorder> {
  const [, client] = yield* loop.createConnection(() => new Recorder(), host, port)
  return client
}

describe('createServer', () => {
  onLoop('listens on one address, and says on which', function* ({ loop }) {
    const { server, port } = yield* recording(loop)
    expect(server.isServing()).toBe(true)
    expect(server.getLoop()).toBe(loop)
    expect(server.sockets).toHaveLength(1)
    expect(server.sockets[0]!.family).toBe('IPv4')
    expect(server.sockets[0]!.getsockname()).toEqual(['127.0.0.1', port])
    yield* end({ server })
    expect(server.sockets).toEqual([])
    expect(server.isServing()).toBe(false)
  })

  onLoop('listens on every address when it is given none', function* ({ loop }) {
    for (const host of [null, '']) {
      const server = yield* loop.createServer(() => new Echo(), host, 0)
      const names = server.sockets.map((socket) => socket.getsockname()[0])
      expect(names[0]).toBe('0.0.0.0')
      if (names.length > 1) {
        expect(names).toEqual(['0.0.0.0', '::'])
        const [v4, v6] = server.sockets.map((socket) => socket.getsockname()[1] as unknown as number)
        expect(v4).not.toBe(v6)
        expect(server.sockets[1]!.family).toBe('IPv6')
        yield* connect(loop, v6!, '::1')
      }
      yield* connect(loop, portOf(server))
      yield* end({ server })
    }
  })

  onLoop('listens on each of several hosts, once', function* ({ loop }) {
    const hosts = ['127.0.0.1', '127.0.0.2', '127.0.0.1']
    const server = yield* loop.createServer(() => new Echo(), hosts, 0)
    expect(server.sockets.map((socket) => socket.getsockname()[0])).toEqual(['127.0.0.1', '127.0.0.2'])
    yield* end({ server })
  })

  onLoop('passes over an address that this machine does not have, and fails when none is left', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), ['192.0.2.1', '127.0.0.1'], 0)
    expect(server.sockets).toHaveLength(1)
    yield* end({ server })
    const error = yield* errorOf(loop.createServer(() => new Echo(), '192.0.2.1', 0))
    expect(error).toMatchObject({ name: 'OSError', message: expect.stringContaining('could not bind on any address') })
  })

  onLoop('says that an address is in use, and listens on none of the others then', function* ({ loop }) {
    const { server, port } = yield* recording(loop)
    const error = yield* errorOf(loop.createServer(() => new Echo(), ['127.0.0.2', '127.0.0.1'], port))
    expect(error).toMatchObject({ name: 'OSError', code: 'EADDRINUSE' })
    expect(error.message).toContain(`error while attempting to bind on address ('127.0.0.1', ${port})`)
    const second = yield* loop.createServer(() => new Echo(), '127.0.0.2', port)
    yield* end({ server: second })
    yield* end({ server })
  })

  onLoop('says that a name is unknown', function* ({ loop }) {
    const error = yield* errorOf(loop.createServer(() => new Echo(), 'unknown.invalid', 0))
    expect(error.name).toBe('gaierror')
  })

  onLoop('frees its port when it is closed', function* ({ loop }) {
    const { server, port } = yield* recording(loop)
    yield* end({ server })
    const again = yield* loop.createServer(() => new Echo(), '127.0.0.1', port)
    yield* end({ server: again })
  })

  onLoop('refuses options that contradict each other or that the host cannot follow', function* ({ loop }) {
    const make = (): Recorder => new Recorder()
    const sock = createTcpServer()
    expect(() => loop.createServer(make, undefined, undefined, { sock })).toThrow('sock does not listen')
    vi.spyOn(sock, 'listening', 'get').mockReturnValue(true)
    expect(() => loop.createServer(make)).toThrow('Neither host/port nor sock were specified')
    expect(() => loop.createServer(make, 'x', 1, { sock })).toThrow('host/port and sock can not be specified')
    expect(() => loop.createServer(make, undefined, undefined, { sock: {} })).toThrow(TypeError)
    expect(() => loop.createServer(make, 'x', -1)).toThrow(/port must be an integer/)
    expect(() => loop.createServer(make, 'x', 1, { reuseAddress: false })).toThrow(/SO_REUSEADDR/)
    vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, node: '20.19.0' })
    expect(() => loop.createServer(make, 'x', 1, { reusePort: true })).toThrow(/reusePort needs Node 22.12/)
    vi.restoreAllMocks()
    yield* turns(1)
  })

  it.runIf(hasReusePort)('shares a port with another server when both ask for it', () =>
    runOnLoop(function* ({ loop }) {
      const one = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0, { reusePort: true })
      const two = yield* loop.createServer(() => new Echo(), '127.0.0.1', portOf(one), { reusePort: true })
      expect(portOf(two)).toBe(portOf(one))
      yield* end({ server: one })
      yield* end({ server: two })
    }),
  )

  onLoop('takes over a server of the host', function* ({ loop }) {
    const sock = createTcpServer()
    const isListening = loop.createFuture<void>()
    sock.listen(0, '127.0.0.1', () => isListening.setResult())
    yield* isListening
    const accepted = new Echo()
    accepted.keepsOpen = true
    const server = yield* loop.createServer(() => accepted, undefined, undefined, { sock })
    const client = yield* connect(loop, portOf(server))
    client.transport.write('taken')
    yield* client.untilText('taken')
    client.transport.writeEof()
    yield* accepted.until(() => accepted.events.includes('eof'))
    accepted.transport.write(' over')
    yield* client.untilText('taken over')
    accepted.transport.close()
    yield* client.untilLost()
    yield* end({ server })
    expect(sock.listening).toBe(false)
  })

  onLoop('lets connections wait until it serves', function* ({ loop }) {
    const options = { startServing: false, backlog: 1 }
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0, options)
    expect(server.isServing()).toBe(false)
    const client = yield* connect(loop, portOf(server))
    client.transport.write('waiting')
    const tooMany = yield* connect(loop, portOf(server))
    yield* tooMany.untilLost()
    expect(client.text).toBe('')
    yield* server.startServing()
    yield* server.startServing()
    expect(server.isServing()).toBe(true)
    yield* client.untilText('waiting')
    yield* end({ server })
  })

  onLoop('accepts a connection that comes before the caller knows of the server', function* ({ loop }) {
    const sockets: Socket[] = []
    const listen = NetServer.prototype.listen
    vi.spyOn(NetServer.prototype, 'listen').mockImplementation(function (this: NetServer, ...args: unknown[]) {
      this.once('listening', () => {
        const socket = hostConnect((this.address() as AddressInfo).port, '127.0.0.1')
        sockets.push(socket)
        // The task that waits for the server goes on only after the connection is there.
        const wait = loop._enqueue.bind(loop)
        loop._enqueue = (item) => setTimeout(() => wait(item), 20)
        socket.once('connect', () => setTimeout(() => (loop._enqueue = wait), 5))
      })
      return listen.apply(this, args as never)
    } as never)
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    vi.restoreAllMocks()
    const answer = loop.createFuture<string>()
    sockets[0]!.once('data', (data) => answer.setResult(String(data)))
    sockets[0]!.write('early')
    expect(yield* answer).toBe('early')
    sockets[0]!.destroy()
    yield* end({ server })
  })

  onLoop('that never served closes the connections that waited', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0, { startServing: false })
    const client = yield* connect(loop, portOf(server))
    server.close()
    yield* client.untilLost()
    yield* server.waitClosed()
    yield* server.startServing()
    expect(server.isServing()).toBe(false)
  })

  onLoop('reports an error of the protocol factory, and serves on', function* ({ loop, problems }) {
    const failure = new Error('of the factory')
    let count = 0
    const server = yield* loop.createServer(
      () => {
        if (count++ === 0) throw failure
        return new Echo()
      },
      '127.0.0.1',
      0,
    )
    const first = yield* connect(loop, portOf(server))
    yield* first.untilLost()
    const message = 'Error on transport creation for incoming connection'
    expect(problems.splice(0)).toEqual([{ message, exception: failure }])
    const second = yield* connect(loop, portOf(server))
    second.transport.write('fine')
    yield* second.untilText('fine')
    yield* end({ server })
  })

  onLoop(
    'reports once a second that the process has no descriptors left, and serves on',
    function* ({ loop, problems }) {
      const sock = createTcpServer()
      const isListening = loop.createFuture<void>()
      sock.listen(0, '127.0.0.1', () => isListening.setResult())
      yield* isListening
      const server = yield* loop.createServer(() => new Echo(), undefined, undefined, { sock })
      const fail = (code: string): void => void sock.emit('error', Object.assign(new Error(`accept ${code}`), { code }))
      fail('EMFILE')
      fail('ENFILE')
      fail('EMFILE')
      expect(problems.splice(0)).toMatchObject([
        { message: 'socket.accept() out of system resource', exception: { name: 'OSError', code: 'EMFILE' } },
      ])
      const time = loop.time()
      vi.spyOn(loop, 'time').mockReturnValue(time + 2)
      fail('ENFILE')
      vi.restoreAllMocks()
      expect(problems.splice(0)).toMatchObject([{ exception: { code: 'ENFILE' } }])
      const client = yield* connect(loop, portOf(server))
      client.transport.write('still there')
      yield* client.untilText('still there')
      yield* end({ server })
    },
  )
})

describe('Server', () => {
  onLoop('leaves connections alone when it is closed, and waits for them', function* ({ loop }) {
    const { server, port, accepted } = yield* recording(loop)
    const client = yield* connect(loop, port)
    yield* turns(5)
    server.close()
    server.close()
    const closed = loop.createTask(server.waitClosed())
    client.transport.write('still there')
    yield* accepted[0]!.untilText('still there')
    expect(closed.done()).toBe(false)
    const refused = yield* errorOf(connect(loop, port))
    expect(refused.name).toBe('ConnectionRefusedError')
    client.transport.close()
    yield* closed as Task<void>
    expect(accepted[0]!.lost).toBeNull()
    yield* server.waitClosed()
  })

  onLoop('closes its clients after what was written to them', function* ({ loop }) {
    const { server, port, accepted } = yield* recording(loop)
    const clients = [yield* connect(loop, port), yield* connect(loop, port)]
    while (accepted.length < 2) yield undefined
    yield* turns(2)
    for (const each of accepted) each.transport.write(new Uint8Array(5_000_000))
    server.close()
    server.closeClients()
    yield* server.waitClosed()
    for (const client of clients) {
      yield* client.untilLost()
      expect(client.byteCount).toBe(5_000_000)
    }
    expect(accepted.map((each) => each.lost)).toEqual([null, null])
  })

  onLoop('breaks its clients off', function* ({ loop }) {
    const { server, port, accepted } = yield* recording(loop)
    const client = yield* connect(loop, port)
    client.transport.pauseReading()
    while (accepted.length < 1) yield undefined
    yield* turns(2)
    accepted[0]!.transport.write(new Uint8Array(50_000_000))
    server.close()
    server.abortClients()
    yield* server.waitClosed()
    client.transport.resumeReading()
    yield* client.untilLost()
    expect(client.byteCount).toBeLessThan(50_000_000)
  })

  onLoop('serves for ever, until it is cancelled: then it closes everything', function* ({ loop }) {
    const { server, port, accepted } = yield* recording(loop)
    const serving = loop.createTask(server.serveForever())
    const client = yield* connect(loop, port)
    while (accepted.length < 1) yield undefined
    const twice = yield* errorOf(server.serveForever())
    expect(twice.message).toMatch(/already being awaited on serve_forever/)
    serving.cancel()
    expect((yield* errorOf(serving as never)).name).toBe('CancelledError')
    expect(server.isServing()).toBe(false)
    expect(accepted[0]!.lost).toBeNull()
    yield* client.untilLost()
    expect((yield* errorOf(server.serveForever())).message).toMatch(/server is closed/)
  })

  onLoop('ends serveForever when it is closed', function* ({ loop }) {
    const { server } = yield* recording(loop)
    const serving = loop.createTask(server.serveForever())
    yield* turns(3)
    server.close()
    expect((yield* errorOf(serving as never)).name).toBe('CancelledError')
    yield* server.waitClosed()
  })

  onLoop('lets a wait for its end be cancelled alone', function* ({ loop }) {
    const { server } = yield* recording(loop)
    const one = loop.createTask(server.waitClosed())
    const two = loop.createTask(server.waitClosed())
    yield* turns(2)
    one.cancel()
    yield* errorOf(one as never)
    expect(server.isServing()).toBe(true)
    server.close()
    yield* two as Task<void>
  })

  it('is closed at the end of an await using', async () => {
    const before = openSockets().length
    await run(async () => {
      const loop = getRunningLoop() as EventLoop
      let kept
      {
        await using server = await loop.createServer(() => new Recorder(), '127.0.0.1', 0)
        kept = server
        expect(kept.isServing()).toBe(true)
      }
      expect(kept.isServing()).toBe(false)
      expect(await socketsLeft(before)).toBe(before)
    })
  })

  onLoop('does not wake twice when its last client ends with the wait', function* ({ loop }) {
    const { server, port, accepted } = yield* recording(loop)
    const client = yield* connect(loop, port)
    while (accepted.length < 1) yield undefined
    server.close()
    const waits = [loop.createTask(server.waitClosed()), loop.createTask(server.waitClosed())]
    yield* turns(2)
    waits[0]!.cancel()
    client.transport.abort()
    yield* errorOf(waits[0] as never)
    yield* waits[1] as Task<void>
  })
})

describe('a loop that is closed', () => {
  it('lets go of servers and connections that are left', async () => {
    const sockets: { destroyed: boolean }[] = []
    const lost: unknown[] = []
    class Left extends Protocol {
      override connectionMade(transport: unknown): void {
        sockets.push(socketOf(transport as never))
      }

      override connectionLost(error: unknown): void {
        lost.push(error)
      }
    }
    await run(async () => {
      const loop = getRunningLoop() as EventLoop
      const server = await loop.createServer(() => new Left(), '127.0.0.1', 0)
      await loop.createConnection(() => new Left(), '127.0.0.1', portOf(server))
      while (sockets.length < 2) await new Promise(setImmediate)
    })
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true])
    expect(lost).toEqual([])
  })

  it('refuses new ones', () => {
    const loop = newEventLoop()
    loop.close()
    expect(() => loop.createServer(() => new Echo(), '127.0.0.1', 0)).toThrow('Event loop is closed')
    expect(() => loop.createConnection(() => new Echo(), '127.0.0.1', 1)).toThrow('Event loop is closed')
    expect(() => loop.createUnixServer(() => new Echo(), '/x')).toThrow('Event loop is closed')
    expect(() => loop.createUnixConnection(() => new Echo(), '/x')).toThrow('Event loop is closed')
  })
})

describe('a cancelled createServer', () => {
  for (let step = 0; step < 6; step++) {
    onLoop(`leaves nothing that listens, in its turn ${step}`, function* ({ loop }) {
      const task = loop.createTask(loop.createServer(() => new Echo(), 'localhost', 0)) as Task<Server>
      yield* turns(step)
      task.cancel()
      try {
        const server = yield* task
        server.close()
      } catch (error) {
        expect((error as Error).name).toBe('CancelledError')
      }
    })
  }
})

import { connect, createServer as createTcpServer, Socket as HostSocket } from 'node:net'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Coroutine, Task } from '@asyncio-ts/core'
import { getRunningLoop, OSError, ConnectionRefusedError } from '@asyncio-ts/core'
import { Socket } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { connectErrorOf } from '../../src/network/connect-error.ts'
import { interleave } from '../../src/network/interleave.ts'
import { clientSsl, Echo, end, errorOf, onLoop, pass, portOf, Recorder, serverSsl, turns } from './stage.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Makes the host's resolver answer with these addresses. */
function resolveTo(...addresses: [address: string, family: 4 | 6][]): void {
  const answer = addresses.map(([address, family]) => ({ address, family }))
  vi.spyOn(process.getBuiltinModule('node:dns'), 'lookup').mockImplementation(((
    _host: string,
    { family }: { family: number },
    done: (error: null, all: unknown) => void,
  ) => {
    setImmediate(done, null, family === 0 ? answer : answer.filter((each) => each.family === family))
  }) as never)
}

/** Makes an address one that never answers, and returns the sockets that have tried it. */
function silence(address: string): HostSocket[] {
  const tried: HostSocket[] = []
  const connectFor = HostSocket.prototype.connect
  vi.spyOn(HostSocket.prototype, 'connect').mockImplementation(function (this: HostSocket, ...args: unknown[]) {
    const [options] = [args[0]].flat() as { host?: string }[]
    if (options!.host !== address) return connectFor.apply(this, args as never)
    tried.push(this)
    return this
  } as never)
  return tried
}

/** A port on which nobody listens. */
function* deadPort(loop: EventLoop): Coroutine<number> {
  const server = yield* loop.createServer(() => new Recorder(), '127.0.0.1', 0)
  const port = portOf(server)
  yield* end({ server })
  return port
}

function* listening(loop: EventLoop, server: NetServer): Coroutine<number> {
  const future = loop.createFuture<void>()
  server.listen(0, '127.0.0.1', () => future.setResult())
  yield* future
  return (server.address() as AddressInfo).port
}

describe('createConnection', () => {
  onLoop('connects by name', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), 'localhost', 0)
    const client = new Recorder()
    const [transport, protocol] = yield* loop.createConnection(() => client, 'localhost', portOf(server))
    expect(protocol).toBe(client)
    expect(client.events).toEqual(['made'])
    transport.write('by name')
    yield* client.untilText('by name')
    yield* end({ server })
  })

  onLoop('goes from the local address it is given', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    const port = yield* deadPort(loop)
    const options = { localAddr: ['127.0.0.1', port] as const }
    const [transport] = yield* loop.createConnection(() => new Recorder(), '127.0.0.1', portOf(server), options)
    expect(transport.getExtraInfo('sockname')).toEqual(['127.0.0.1', port])
    const wrongFamily = { localAddr: ['::1', 0] as const }
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', portOf(server), wrongFamily))
    expect(error.message).toBe('no matching local address with family=IPv4 found')
    const taken = { localAddr: ['192.0.2.1', 0] as const }
    const unbound = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', portOf(server), taken))
    expect(unbound).toMatchObject({ code: 'EADDRNOTAVAIL' })
    yield* end({ server })
  })

  onLoop('says that nobody listens', function* ({ loop }) {
    const port = yield* deadPort(loop)
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', port))
    expect(error).toBeInstanceOf(ConnectionRefusedError)
    expect(error).toMatchObject({ code: 'ECONNREFUSED', port, address: '127.0.0.1' })
  })

  onLoop('says that a name is unknown', function* ({ loop }) {
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), 'unknown.invalid', 1))
    expect(error.name).toBe('gaierror')
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(error.code)
  })

  onLoop('tries one address after the other', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    resolveTo(['127.0.0.2', 4], ['::1', 6], ['127.0.0.1', 4])
    const [transport] = yield* loop.createConnection(() => new Recorder(), 'several.test', portOf(server))
    expect(transport.getExtraInfo('peername')).toEqual(['127.0.0.1', portOf(server)])
    yield* end({ server })
  })

  onLoop('takes addresses of one family alone', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    resolveTo(['127.0.0.2', 4], ['::1', 6])
    const port = portOf(server)
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), 'several.test', port, { family: 4 }))
    expect(error).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.2' })
    yield* end({ server })
  })

  onLoop('joins the errors of several addresses', function* ({ loop }) {
    const port = yield* deadPort(loop)
    resolveTo(['127.0.0.2', 4], ['127.0.0.3', 4])
    const joined = yield* errorOf(loop.createConnection(() => new Recorder(), 'several.test', port))
    expect(joined.name).toBe('OSError')
    const each = `connect ECONNREFUSED 127.0.0.2:${port}, connect ECONNREFUSED 127.0.0.3:${port}`
    expect(joined.message).toBe(`Multiple exceptions: ${each}`)
    const all = yield* errorOf(loop.createConnection(() => new Recorder(), 'several.test', port, { allErrors: true }))
    expect(all.name).toBe('ExceptionGroup')
    expect((all as AggregateError).errors).toHaveLength(2)
    expect((all as AggregateError).errors[1]).toBeInstanceOf(ConnectionRefusedError)
  })

  onLoop('closes what it has when the factory throws', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    const failure = new Error('of the factory')
    const error = yield* errorOf(
      loop.createConnection(
        () => {
          throw failure
        },
        '127.0.0.1',
        portOf(server),
      ),
    )
    expect(error).toBe(failure)
    yield* end({ server })
  })

  onLoop('takes over a socket of the host, connected or about to be', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    for (const waits of [true, false]) {
      const sock = connect(portOf(server), '127.0.0.1')
      while (waits && sock.connecting) yield undefined
      const client = new Recorder()
      const [transport] = yield* loop.createConnection(() => client, undefined, undefined, { sock })
      transport.write('taken over')
      yield* client.untilText('taken over')
      transport.writeEof()
      yield* client.untilLost()
    }
    const sock = connect(yield* deadPort(loop), '127.0.0.1')
    const refused = yield* errorOf(loop.createConnection(() => new Recorder(), undefined, undefined, { sock }))
    expect(refused).toBeInstanceOf(ConnectionRefusedError)
    const dead = new HostSocket().destroy()
    const gone = yield* errorOf(loop.createConnection(() => new Recorder(), undefined, undefined, { sock: dead }))
    expect(gone.name).toBe('ConnectionAbortedError')
    yield* end({ server })
  })

  onLoop('refuses options that contradict each other', function* ({ loop }) {
    const make = (): Recorder => new Recorder()
    const sock = new HostSocket()
    expect(() => loop.createConnection(make)).toThrow('host and port was not specified and no sock specified')
    expect(() => loop.createConnection(make, 'x', 1, { sock })).toThrow('host/port and sock can not be specified')
    expect(() => loop.createConnection(make, 'x')).toThrow(/port must be an integer/)
    expect(() => loop.createConnection(make, 'x', 65536)).toThrow(/port must be an integer/)
    expect(() => loop.createConnection(make, 'x', 1, { family: 5 as never })).toThrow(/family is 4 or 6/)
    expect(() => loop.createConnection(make, undefined, undefined, { sock: {} })).toThrow(TypeError)
    yield* turns(1)
  })
})

describe('happy eyeballs', () => {
  onLoop('tries the next address beside one that does not answer', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    const tried = silence('127.0.0.9')
    resolveTo(['127.0.0.9', 4], ['127.0.0.1', 4], ['127.0.0.9', 4])
    const options = { happyEyeballsDelay: 0.02, family: 4 } as const
    const [transport] = yield* loop.createConnection(() => new Recorder(), 'slow.test', portOf(server), options)
    expect(transport.getExtraInfo('peername')).toEqual(['127.0.0.1', portOf(server)])
    expect(tried.map((socket) => socket.destroyed)).toEqual([true])
    yield* end({ server })
  })

  onLoop('does not wait for the delay when an address refuses', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    resolveTo(['127.0.0.2', 4], ['127.0.0.1', 4])
    const options = { happyEyeballsDelay: 3600 }
    yield* loop.createConnection(() => new Recorder(), 'slow.test', portOf(server), options)
    yield* end({ server })
  })

  onLoop('alternates the families from the first address on', function* ({ loop }) {
    const port = yield* deadPort(loop)
    resolveTo(['127.0.0.2', 4], ['127.0.0.3', 4], ['::1', 6])
    const options = { happyEyeballsDelay: 3600, allErrors: true }
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), 'several.test', port, options))
    const tried = (error as AggregateError).errors.map((each: { address: string }) => each.address)
    expect(tried).toEqual(['127.0.0.2', '::1', '127.0.0.3'])
  })

  onLoop('leaves no socket behind when it is cancelled', function* ({ loop }) {
    const tried = silence('127.0.0.9')
    resolveTo(['127.0.0.9', 4], ['127.0.0.9', 4], ['127.0.0.9', 4])
    const options = { happyEyeballsDelay: 0.001 }
    const task = loop.createTask(loop.createConnection(() => new Recorder(), 'slow.test', 9, options))
    while (tried.length < 2) yield undefined
    task.cancel()
    expect((yield* errorOf(task as never)).name).toBe('CancelledError')
    expect(tried.every((socket) => socket.destroyed)).toBe(true)
    const count = tried.length
    yield* pass(0.01)
    expect(tried).toHaveLength(count)
  })
})

describe('interleave', () => {
  const v4 = (last: number) => ({ host: `127.0.0.${last}`, port: 1, family: 4 as const })
  const v6 = (last: number) => ({ host: `::${last}`, port: 1, family: 6 as const })

  it('alternates families, after the first few of one', () => {
    const all = [v6(1), v6(2), v6(3), v4(1), v4(2)]
    expect(interleave(all, 1)).toEqual([v6(1), v4(1), v6(2), v4(2), v6(3)])
    expect(interleave(all, 2)).toEqual([v6(1), v6(2), v4(1), v6(3), v4(2)])
    expect(interleave(all, 9)).toEqual([v6(1), v6(2), v6(3), v4(1), v4(2)])
    expect(interleave([], 1)).toEqual([])
  })
})

describe('connectErrorOf', () => {
  it('is the error itself, the first of equal ones, or one that names them all', () => {
    const [one, same, other] = [new OSError('a'), new OSError('a'), new OSError('b')]
    expect(connectErrorOf([one], false)).toBe(one)
    expect(connectErrorOf([one, same], false)).toBe(one)
    expect(connectErrorOf([one, other], false).message).toBe('Multiple exceptions: a, b')
    expect(connectErrorOf([one], true)).toMatchObject({ name: 'ExceptionGroup', errors: [one] })
    expect(connectErrorOf([], false).name).toBe('TimeoutError')
  })
})

describe('a cancelled createConnection', () => {
  for (const ssl of [undefined, clientSsl]) {
    const kind = ssl === undefined ? 'plain' : 'encrypted'
    for (let step = 0; step < 12; step++) {
      onLoop(`leaves nothing behind, ${kind}, in its turn ${step}`, function* ({ loop }) {
        const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0, ssl && { ssl: serverSsl() })
        const client = new Recorder()
        const options = { ssl, serverHostname: ssl && 'localhost' }
        const making = loop.createConnection(() => client, 'localhost', portOf(server), options)
        const task = loop.createTask(making) as Task<unknown>
        yield* turns(step * (ssl === undefined ? 1 : 4))
        task.cancel()
        let wasCancelled = true
        try {
          yield* task
          wasCancelled = false
        } catch {
          if (client.events.includes('made')) yield* client.untilLost()
        }
        if (!wasCancelled) client.transport.abort()
        server.close()
        server.abortClients()
        yield* server.waitClosed()
      })
    }
  }
})

describe('connectAcceptedSocket', () => {
  for (const isEncrypted of [false, true]) {
    onLoop(`gives a protocol to a ${isEncrypted ? 'TLS' : 'plain'} connection`, function* ({ loop }) {
      const accepted = new Echo()
      const options = isEncrypted ? { ssl: serverSsl() } : {}
      const made: Task<unknown>[] = []
      const host = createTcpServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
        made.push(loop.createTask(loop.connectAcceptedSocket(() => accepted, socket, options)) as Task<unknown>)
      })
      const port = yield* listening(loop, host)
      const client = new Recorder()
      const ssl = isEncrypted ? { ssl: clientSsl } : {}
      const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', port, ssl)
      transport.write('accepted elsewhere')
      yield* client.untilText('accepted elsewhere')
      yield* made[0]!
      transport.close()
      yield* accepted.untilLost()
      yield* client.untilLost()
      host.close()
    })
  }

  onLoop('takes sockets of the host alone', function* ({ loop }) {
    expect(() => loop.connectAcceptedSocket(() => new Recorder(), {})).toThrow(TypeError)
    const ssl = true as never
    expect(() => loop.connectAcceptedSocket(() => new Recorder(), new HostSocket(), { ssl })).toThrow(TypeError)
    expect(getRunningLoop()).toBe(loop)
    yield* turns(1)
  })
})

describe('a socket of the caller', () => {
  onLoop('stays open when the factory of the protocol fails', function* ({ loop }) {
    const accepted = new Echo()
    const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0)
    const sock = yield* connectedHostSocket(loop, portOf(server))
    const fail = (): Recorder => {
      throw new RangeError('no protocol')
    }
    expect(yield* errorOf(loop.createConnection(fail, undefined, undefined, { sock }))).toBeInstanceOf(RangeError)
    expect(yield* errorOf(loop.connectAcceptedSocket(fail, sock))).toBeInstanceOf(RangeError)
    expect(sock.destroyed).toBe(false)
    const client = new Recorder()
    const [transport] = yield* loop.createConnection(() => client, undefined, undefined, { sock })
    transport.write('still there')
    yield* client.untilText('still there')
    yield* end({ server })
  })

  onLoop('stays a Socket when the factory of the protocol fails', function* ({ loop }) {
    const server = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    const sock = Socket.connectable()
    yield* loop.sockConnect(sock, ['127.0.0.1', portOf(server)])
    const fail = (): Recorder => {
      throw new RangeError('no protocol')
    }
    expect(yield* errorOf(loop.createConnection(fail, undefined, undefined, { sock }))).toBeInstanceOf(RangeError)
    yield* loop.sockSendall(sock, 'hello')
    expect(Buffer.from(yield* loop.sockRecv(sock, 5)).toString()).toBe('hello')
    sock.close()
    yield* end({ server })
  })
})

function* connectedHostSocket(loop: EventLoop, port: number): Coroutine<HostSocket> {
  const made = loop.createFuture<void>()
  const sock = connect({ port, host: '127.0.0.1' }, () => made.setResult())
  yield* made
  return sock
}

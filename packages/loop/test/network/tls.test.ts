import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { createSecureContext } from 'node:tls'
import { describe, expect, vi } from 'vitest'
import type { Coroutine, Server, StreamProtocol, TlsOptions } from '@asyncio-ts/core'
import type { EventLoop } from '../../src/index.ts'
import {
  BufferedRecorder,
  clientSsl,
  Echo,
  end,
  errorOf,
  onLoop,
  pem,
  portOf,
  Recorder,
  serverSsl,
  socketOf,
  turns,
} from './stage.ts'

function* tlsServer(
  loop: EventLoop,
  factory: () => StreamProtocol,
  ssl: TlsOptions = serverSsl(),
): Coroutine<{ server: Server; port: number }> {
  const server = yield* loop.createServer(factory, '127.0.0.1', 0, { ssl })
  return { server, port: portOf(server) }
}

describe('TLS', () => {
  onLoop('carries bytes both ways and ends cleanly on both sides', function* ({ loop }) {
    const accepted = new Echo()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    const [transport] = yield* loop.createConnection(() => client, 'localhost', port, { ssl: clientSsl, family: 4 })
    transport.write('hello')
    yield* client.untilText('hello')
    transport.close()
    yield* client.untilLost()
    yield* accepted.untilLost()
    expect(client.events).toEqual(['made', 'data', 'lost'])
    expect(accepted.events).toEqual(['made', 'data', 'eof', 'lost'])
    yield* end({ server })
  })

  onLoop('carries more than any buffer holds, whose bytes the caller may use again', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const [transport] = yield* loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: clientSsl })
    yield* accepted.until(() => accepted.events.includes('made'))
    let sum = 0
    accepted.dataReceived = (data) => {
      for (const byte of data) sum += byte
      accepted.byteCount += data.byteLength
      accepted.watch.note()
    }
    accepted.transport.pauseReading()
    let written = 0
    let expected = 0
    for (let round = 0; round < 30; round++) {
      const bytes = new Uint8Array([1, 300, 20_000, 400_000][round % 4]!).fill(round + 1)
      transport.write(bytes)
      bytes.fill(0)
      written += bytes.byteLength
      expected += bytes.byteLength * (round + 1)
    }
    accepted.transport.resumeReading()
    yield* accepted.until(() => accepted.byteCount === written)
    expect(sum).toBe(expected)
    yield* end({ server })
  })

  onLoop('tells what was agreed upon', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted, { ...serverSsl(), ALPNProtocols: ['b', 'a'] })
    const ssl = { ...clientSsl, ALPNProtocols: ['a'] }
    const [transport] = yield* loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl })
    expect(transport.getExtraInfo('sslcontext')).toBe(ssl)
    expect(transport.getExtraInfo('cipher')).toMatchObject({ version: 'TLSv1.3' })
    expect(transport.getExtraInfo('peercert')).toMatchObject({ subject: { CN: 'asyncio-ts test server' } })
    expect(transport.getExtraInfo('compression')).toBeNull()
    expect(transport.getExtraInfo('ssl_object')).toMatchObject({ alpnProtocol: 'a' })
    expect(transport.getExtraInfo('peername')).toEqual(['127.0.0.1', port])
    expect(transport.canWriteEof()).toBe(false)
    expect(() => transport.writeEof()).toThrow(/TLS cannot end one direction alone/)
    yield* end({ server })
  })

  onLoop('reads into the buffers of a BufferedProtocol', function* ({ loop }) {
    const accepted = new BufferedRecorder(4)
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const [transport] = yield* loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: clientSsl })
    transport.write('more than four')
    yield* accepted.until(() => accepted.text === 'more than four')
    yield* end({ server })
  })
})

describe('a TLS server', () => {
  // Only Linux has all of 127.0.0.0/8.
  if (process.platform === 'linux') {
    onLoop('tells connections apart that differ in the local address alone', function* ({ loop }) {
      const accepted: Echo[] = []
      const factory = (): Echo => {
        const echo = new Echo()
        accepted.push(echo)
        return echo
      }
      const server = yield* loop.createServer(factory, '0.0.0.0', 0, { ssl: serverSsl() })
      const port = portOf(server)
      const ports = yield* loop.createServer(factory, '127.0.0.1', 0)
      const localAddr = ['127.0.0.1', portOf(ports)] as const
      yield* end({ server: ports })
      const clients = [new Recorder(), new Recorder()]
      const connecting = ['127.0.0.1', '127.0.0.2'].map((host, index) => {
        const options = { localAddr, ssl: clientSsl, serverHostname: 'localhost' }
        return loop.createTask(loop.createConnection(() => clients[index]!, host, port, options))
      })
      for (const [index, task] of connecting.entries()) {
        const [transport] = yield* task
        transport.write(`to ${index}`)
      }
      for (const [index, client] of clients.entries()) yield* client.untilText(`to ${index}`)
      yield* end({ server })
      expect(accepted).toHaveLength(2)
    })
  }
})

describe('a certificate', () => {
  onLoop('is checked against the address that was asked for, not a name in the options', function* ({ loop }) {
    const { server, port } = yield* tlsServer(loop, () => new Recorder(), serverSsl('elsewhere'))
    const options = { ssl: { ...clientSsl, servername: 'elsewhere.example' }, serverHostname: '127.0.0.1' }
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', port, options))
    expect(error).toMatchObject({ name: 'SSLCertVerificationError', code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    server.close()
    yield* server.waitClosed()
  })

  const bad = [
    ['of an unknown authority', 'server', {}, 'localhost', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['for another name', 'elsewhere', clientSsl, 'localhost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['for another address', 'elsewhere', clientSsl, '127.0.0.1', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const
  for (const [what, name, ssl, serverHostname, code] of bad) {
    onLoop(`${what} is refused`, function* ({ loop }) {
      const accepted = new Recorder()
      const { server, port } = yield* tlsServer(loop, () => accepted, serverSsl(name))
      const client = new Recorder()
      const options = { ssl, serverHostname }
      const error = yield* errorOf(loop.createConnection(() => client, '127.0.0.1', port, options))
      expect(error).toMatchObject({ name: 'SSLCertVerificationError', code })
      expect(client.events).toEqual([])
      server.close()
      yield* server.waitClosed()
      expect(accepted.events.filter((event) => event !== 'made')).not.toContain('data')
    })
  }

  onLoop('for another name is accepted when nobody asks', function* ({ loop }) {
    const { server, port } = yield* tlsServer(loop, () => new Recorder(), serverSsl('elsewhere'))
    const ssl = { rejectUnauthorized: false }
    for (const serverHostname of ['127.0.0.1', 'localhost', '']) {
      const [transport] = yield* loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl, serverHostname })
      transport.close()
    }
    yield* end({ server })
  })

  onLoop('can be asked of the client', function* ({ loop }) {
    const served: Recorder[] = []
    const ssl = { ...serverSsl(), ca: pem('authority'), requestCert: true }
    const make = (): Recorder => (served.push(new Recorder()), served.at(-1)!)
    const { server, port } = yield* tlsServer(loop, make, ssl)
    const known = { ...clientSsl, ...serverSsl('client') }
    yield* loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: known })
    yield* served[0]!.until(() => served[0]!.events.includes('made'))
    expect(served[0]!.transport.getExtraInfo('peercert')).toMatchObject({ subject: { CN: 'asyncio-ts test client' } })

    // In TLS 1.3 the client is told after its own side of the handshake is over.
    const unknown = new Recorder()
    yield* errorOf(
      (function* () {
        yield* loop.createConnection(() => unknown, '127.0.0.1', port, { ssl: clientSsl })
        yield* unknown.untilLost()
        throw unknown.lost ?? new Error('closed')
      })(),
    )
    expect(served[1]?.events).toEqual([])
    yield* end({ server })
  })
})

describe('a TLS handshake', () => {
  onLoop('that the server does not answer is given up in time', function* ({ loop }) {
    const silent = createTcpServer((socket) => socket.resume()).listen(0, '127.0.0.1')
    yield* ready(loop, silent)
    const { port } = silent.address() as AddressInfo
    const options = { ssl: clientSsl, sslHandshakeTimeout: 0.05 }
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', port, options))
    expect(error.name).toBe('ConnectionAbortedError')
    expect(error.message).toBe('SSL handshake is taking longer than 0.05 seconds: aborting the connection')
    silent.close()
  })

  onLoop('that the client does not begin is given up in time', function* ({ loop, problems }) {
    const accepted = new Recorder()
    const options = { ssl: serverSsl(), sslHandshakeTimeout: 0.05 }
    const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0, options)
    loop.setDebug(true)
    const client = new Recorder()
    yield* loop.createConnection(() => client, '127.0.0.1', portOf(server))
    yield* client.untilLost()
    loop.setDebug(false)
    expect(problems.splice(0)).toMatchObject([{ exception: { name: 'ConnectionAbortedError' } }])
    expect(accepted.events).toEqual([])
    server.close()
    yield* server.waitClosed()
  })

  onLoop('with somebody who does not speak TLS fails on both sides', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    const [plain] = yield* loop.createConnection(() => client, '127.0.0.1', port)
    plain.write('GET / HTTP/1.1\r\n\r\n')
    yield* client.untilLost()
    expect(accepted.events).toEqual([])

    const plainServer = yield* loop.createServer(() => new Echo(), '127.0.0.1', 0)
    const options = { ssl: clientSsl }
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', portOf(plainServer), options))
    expect(error.name).toBe('SSLError')
    yield* end({ server: plainServer })
    yield* end({ server })
  })

  onLoop('that is cut off fails', function* ({ loop }) {
    const cutting = createTcpServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1')
    yield* ready(loop, cutting)
    const { port } = cutting.address() as AddressInfo
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: clientSsl }))
    expect(error.name).toBe('ConnectionResetError')
    cutting.close()
  })

  onLoop('is broken off when its server aborts its clients', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    yield* loop.createConnection(() => client, '127.0.0.1', port)
    yield* turns(20)
    yield* end({ server })
    yield* client.untilLost()
    expect(accepted.events).toEqual([])
  })

  onLoop('is broken off when the task is cancelled', function* ({ loop }) {
    const silent = createTcpServer((socket) => socket.resume()).listen(0, '127.0.0.1')
    yield* ready(loop, silent)
    const { port } = silent.address() as AddressInfo
    const task = loop.createTask(loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: clientSsl }))
    while ((yield* connectionsOf(loop, silent)) === 0) yield undefined
    task.cancel()
    const error = yield* errorOf(task as never)
    expect(error.name).toBe('CancelledError')
    silent.close()
  })
})

describe('the end of TLS', () => {
  onLoop('waits for the other side to confirm it, and not for ever', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    const options = { ssl: clientSsl, sslShutdownTimeout: 0.05 }
    const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', port, options)
    yield* accepted.until(() => accepted.events.includes('made'))
    accepted.transport.pauseReading()
    transport.close()
    yield* client.untilLost()
    expect(client.lost).toMatchObject({ name: 'TimeoutError', message: 'SSL shutdown timed out' })
    yield* end({ server })
  })

  onLoop('cannot be of one direction alone', function* ({ loop }) {
    const accepted = new Recorder()
    accepted.keepsOpen = true
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const [transport] = yield* loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: clientSsl })
    transport.close()
    yield* accepted.untilLost()
    expect(warn.mock.calls).toEqual([['returning true from eofReceived() has no effect when using ssl']])
    warn.mockRestore()
    yield* end({ server })
  })

  onLoop('comes at once with abort', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', port, { ssl: clientSsl })
    yield* accepted.until(() => accepted.events.includes('made'))
    transport.abort()
    yield* client.untilLost()
    expect(client.lost).toBeNull()
    yield* accepted.untilLost()
    yield* end({ server })
  })

  onLoop('comes after what was written', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', port, { ssl: clientSsl })
    transport.write(new Uint8Array(8_000_000))
    transport.close()
    yield* accepted.untilLost()
    expect(accepted.byteCount).toBe(8_000_000)
    yield* client.untilLost()
    yield* end({ server })
  })

  onLoop('is a reset for the side that is reset', function* ({ loop }) {
    const accepted = new Recorder()
    const { server, port } = yield* tlsServer(loop, () => accepted)
    const client = new Recorder()
    yield* loop.createConnection(() => client, '127.0.0.1', port, { ssl: clientSsl })
    yield* accepted.until(() => accepted.events.includes('made'))
    socketOf(accepted.transport).destroy()
    yield* client.untilLost()
    yield* accepted.untilLost()
    expect(client.events.at(-1)).toMatch(/^lost/)
    yield* end({ server })
  })
})

describe('the options of TLS', () => {
  onLoop('are checked at the call', function* ({ loop }) {
    const make = (): Recorder => new Recorder()
    expect(() => loop.createConnection(make, 'x', 1, { serverHostname: 'y' })).toThrow(/only meaningful with ssl/)
    expect(() => loop.createConnection(make, 'x', 1, { sslHandshakeTimeout: 1 })).toThrow(/only meaningful with ssl/)
    expect(() => loop.createConnection(make, 'x', 1, { sslShutdownTimeout: 1 })).toThrow(/only meaningful with ssl/)
    const zero = { ssl: true, sslHandshakeTimeout: 0 } as const
    expect(() => loop.createConnection(make, 'x', 1, zero)).toThrow(/should be a positive number/)
    expect(() => loop.createConnection(make, undefined, 1, { ssl: true })).toThrow(/You must set serverHostname/)
    expect(() => loop.createServer(make, 'x', 1, { ssl: true as never })).toThrow(TypeError)
    yield* turns(1)
  })

  onLoop('that the host does not understand fail, and leave no socket', function* ({ loop }) {
    const { server, port } = yield* tlsServer(loop, () => new Recorder())
    const ssl = { ca: 'this is no certificate', ciphers: 'none' }
    const error = yield* errorOf(loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl }))
    expect(error.name).toBe('SSLError')
    const empty = yield* errorOf(
      loop.createConnection(() => new Recorder(), '127.0.0.1', port, { ssl: clientSsl, serverHostname: '' }),
    )
    expect(empty.message).toMatch(/serverHostname is empty/)
    const nonsense = { cert: 'no', key: 'no' }
    const wrong = yield* errorOf(loop.createServer(() => new Recorder(), '127.0.0.1', 0, { ssl: nonsense }))
    expect(wrong.name).toBe('SSLError')
    yield* end({ server })
  })

  onLoop('may hold a context for a client, and not for a server', function* ({ loop }) {
    const { server, port } = yield* tlsServer(loop, () => new Echo())
    const client = new Recorder()
    const ssl = { secureContext: createSecureContext(clientSsl) }
    const [transport] = yield* loop.createConnection(() => client, '127.0.0.1', port, { ssl })
    transport.write('with a context')
    yield* client.untilText('with a context')
    const error = yield* errorOf(loop.createServer(() => client, '127.0.0.1', 0, { ssl }))
    expect(error.name).toBe('NotImplementedError')
    yield* end({ server })
  })
})

function* ready(loop: EventLoop, server: NetServer): Coroutine<void> {
  const future = loop.createFuture<void>()
  server.once('listening', () => future.setResult())
  yield* future
}

function* connectionsOf(loop: EventLoop, server: NetServer): Coroutine<number> {
  const future = loop.createFuture<number>()
  server.getConnections((_error, count) => future.setResult(count))
  return yield* future
}

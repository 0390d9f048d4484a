import { describe, expect } from 'vitest'
import type { Coroutine, Task, Transport } from '@asyncio-ts/core'
import { BaseTransport } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { clientSsl, connected, end, errorOf, onLoop, pass, Recorder, serverSsl, socketOf, turns } from './stage.ts'
import type { Pair } from './stage.ts'

type Pairing = Pair<Recorder, Recorder>

const client = { ...clientSsl }

/** Upgrades both ends at once. */
function* upgraded(loop: EventLoop, pair: Pairing): Coroutine<[accepted: Transport, connecting: Transport]> {
  const { accepted, client: connecting } = pair
  const serving = loop.createTask(
    loop.startTls(accepted.transport, accepted, serverSsl(), { serverSide: true }),
  ) as Task<Transport>
  const transport = yield* loop.startTls(connecting.transport, connecting, client, { serverHostname: 'localhost' })
  return [yield* serving, transport]
}

describe('startTls', () => {
  onLoop('encrypts a connection that is in use, and tells nobody of a new one', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    connecting.transport.write('plain')
    yield* accepted.untilText('plain')
    const [serverSide, clientSide] = yield* upgraded(loop, pair)
    clientSide.write(' and secret')
    serverSide.write('secret answer')
    yield* accepted.untilText('plain and secret')
    yield* connecting.untilText('secret answer')
    expect(clientSide.getExtraInfo('cipher')).toMatchObject({ version: 'TLSv1.3' })
    expect(clientSide.getExtraInfo('peername')).toEqual(pair.accepted.transport.getExtraInfo('sockname'))
    expect(clientSide.getProtocol()).toBe(connecting)
    clientSide.close()
    yield* connecting.untilLost()
    yield* accepted.untilLost()
    expect(connecting.events).toEqual(['made', 'data', 'lost'])
    expect(accepted.events).toEqual(['made', 'data', 'eof', 'lost'])
    pair.server.close()
    yield* pair.server.waitClosed()
  })

  onLoop('sends first what was written before', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    const size = 10_000_000
    const early: Uint8Array[] = []
    accepted.dataReceived = (data) => {
      const plainBytes = Math.min(data.byteLength, size - accepted.byteCount)
      accepted.byteCount += plainBytes
      if (data.byteLength > plainBytes) early.push(Buffer.from(data.subarray(plainBytes)))
      accepted.watch.note()
    }
    connecting.transport.write(new Uint8Array(size))
    const upgrading = loop.createTask(
      loop.startTls(connecting.transport, connecting, client, { serverHostname: 'localhost' }),
    ) as Task<Transport>
    yield* accepted.until(() => accepted.byteCount === size)
    const received = new Recorder()
    const options = { serverSide: true, buffered: Buffer.concat(early) }
    yield* loop.startTls(accepted.transport, received, serverSsl(), options)
    const transport = yield* upgrading
    transport.write('secret')
    yield* received.untilText('secret')
    yield* end(pair)
  })

  onLoop('takes the beginning of the handshake that the host has read already', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    accepted.transport.pauseReading()
    const upgrading = loop.createTask(
      loop.startTls(connecting.transport, connecting, client, { serverHostname: 'localhost' }),
    ) as Task<Transport>
    yield* pass(0.05)
    const serverSide = yield* loop.startTls(accepted.transport, accepted, serverSsl(), { serverSide: true })
    const transport = yield* upgrading
    transport.write('secret')
    yield* accepted.untilText('secret')
    serverSide.write('too')
    yield* connecting.untilText('too')
    yield* end(pair)
  })

  onLoop('takes the beginning of the handshake that the protocol has received already', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    const early: Uint8Array[] = []
    accepted.dataReceived = (data) => {
      early.push(Buffer.from(data))
      accepted.note('early')
    }
    const upgrading = loop.createTask(
      loop.startTls(connecting.transport, connecting, client, { serverHostname: 'localhost' }),
    ) as Task<Transport>
    yield* accepted.until(() => early.length > 0)
    const plain = accepted.transport
    const received = new Recorder()
    const buffered = Buffer.concat(early)
    const options = { serverSide: true, buffered }
    const serverSide = yield* loop.startTls(plain, received, serverSsl(), options)
    const transport = yield* upgrading
    transport.write('secret')
    yield* received.untilText('secret')
    expect(serverSide.getProtocol()).toBe(received)
    yield* end(pair)
  })

  onLoop('refuses a certificate, and tells the protocol that the connection is lost', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    const serving = loop.createTask(
      loop.startTls(accepted.transport, accepted, serverSsl('elsewhere'), { serverSide: true }),
    ) as Task<Transport>
    const error = yield* errorOf(
      loop.startTls(connecting.transport, connecting, client, { serverHostname: 'localhost' }),
    )
    expect(error.name).toBe('SSLCertVerificationError')
    yield* connecting.untilLost()
    expect(connecting.lost).toBe(error)
    try {
      yield* serving
    } catch (failure) {
      expect((failure as Error).name).toMatch(/ConnectionResetError|SSLError/)
    }
    yield* accepted.untilLost()
    yield* end(pair)
  })

  onLoop('gives up a handshake that is not answered', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { client: connecting } = pair
    const options = { serverHostname: 'localhost', sslHandshakeTimeout: 0.02 }
    const error = yield* errorOf(loop.startTls(connecting.transport, connecting, client, options))
    expect(error.name).toBe('ConnectionAbortedError')
    yield* connecting.untilLost()
    expect(connecting.lost).toBe(error)
    yield* end(pair)
  })

  onLoop('closes the connection when it is cancelled in the handshake', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { client: connecting } = pair
    const options = { serverHostname: 'localhost' }
    const upgrading = loop.createTask(loop.startTls(connecting.transport, connecting, client, options))
    yield* turns(3)
    upgrading.cancel()
    expect((yield* errorOf(upgrading as never)).name).toBe('CancelledError')
    yield* connecting.untilLost()
    expect(connecting.lost).toBeNull()
    yield* end(pair)
  })

  onLoop('leaves the connection as it was when it is cancelled before', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    accepted.transport.pauseReading()
    connecting.transport.write(new Uint8Array(20_000_000))
    const options = { serverHostname: 'localhost' }
    const upgrading = loop.createTask(loop.startTls(connecting.transport, connecting, client, options))
    yield* turns(3)
    expect(connecting.transport.isReading()).toBe(false)
    upgrading.cancel()
    yield* errorOf(upgrading as never)
    expect(connecting.transport.isReading()).toBe(true)
    accepted.transport.resumeReading()
    yield* accepted.until(() => accepted.byteCount === 20_000_000)
    accepted.transport.write('still plain')
    yield* connecting.untilText('still plain')
    yield* end(pair)
  })

  onLoop('fails when the connection is lost meanwhile', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client: connecting } = pair
    accepted.transport.pauseReading()
    connecting.transport.write(new Uint8Array(20_000_000))
    const options = { serverHostname: 'localhost' }
    const upgrading = loop.createTask(loop.startTls(connecting.transport, connecting, client, options))
    yield* turns(3)
    socketOf(accepted.transport).resetAndDestroy()
    const error = yield* errorOf(upgrading as never)
    expect(['ConnectionResetError', 'BrokenPipeError']).toContain(error.name)
    yield* connecting.untilLost()
    yield* end(pair)
  })

  onLoop('ends with the connection when that is aborted', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { client: connecting } = pair
    const options = { serverHostname: 'localhost' }
    const upgrading = loop.createTask(loop.startTls(connecting.transport, connecting, client, options))
    yield* turns(3)
    connecting.transport.abort()
    expect((yield* errorOf(upgrading as never)).name).toMatch(/Connection.*Error/)
    yield* connecting.untilLost()
    expect(connecting.events).toEqual(['made', 'lost'])
    yield* end(pair)
  })

  onLoop('refuses what it cannot encrypt', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { client: connecting } = pair
    const { transport } = connecting
    const other = new BaseTransport()
    expect(() => loop.startTls(other, connecting, true)).toThrow(/is not supported by startTls/)
    expect(() => loop.startTls(transport, connecting, 5 as never)).toThrow(TypeError)
    expect(() => loop.startTls(transport, connecting, true, { serverSide: true })).toThrow(TypeError)
    expect(() => loop.startTls(transport, connecting, true, { sslHandshakeTimeout: 0 })).toThrow(/positive/)
    transport.close()
    const closing = yield* errorOf(loop.startTls(transport, connecting, client, { serverHostname: 'localhost' }))
    expect(closing.name).toBe('RuntimeError')
    yield* end(pair)
  })
})

import { describe, expect, vi } from 'vitest'
import { ContextVar, KeyboardInterrupt } from '@asyncio-ts/core'
import { BufferedRecorder, connected, Echo, end, onLoop, Recorder, socketOf, turns } from './stage.ts'

const KIB = 1024

describe('SocketTransport', () => {
  onLoop('carries bytes both ways and ends cleanly on both sides', function* ({ loop }) {
    const pair = yield* connected(loop, new Echo(), new Recorder())
    const { accepted, client, server } = pair
    client.transport.write('hello ')
    client.transport.writelines([new TextEncoder().encode('w'), 'ör', Buffer.from('ld')])
    yield* client.untilText('hello wörld')
    client.transport.close()
    yield* accepted.untilLost()
    expect(client.events).toEqual(['made', 'data', 'lost'])
    expect(accepted.events).toEqual(['made', 'data', 'eof', 'lost'])
    server.close()
    yield* server.waitClosed()
  })

  onLoop('tells of the loss a turn after close, not inside it', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { client } = pair
    client.transport.close()
    client.transport.close()
    expect(client.transport.isClosing()).toBe(true)
    expect(client.events).toEqual(['made'])
    yield* turns(2)
    expect(client.events).toEqual(['made', 'lost'])
    yield* end(pair)
  })

  onLoop('sends what was written before close', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    accepted.transport.pauseReading()
    client.transport.write(new Uint8Array(8 * KIB * KIB))
    expect(client.transport.getWriteBufferSize()).toBeGreaterThan(0)
    client.transport.close()
    yield* turns(5)
    expect(client.lost).toBeUndefined()
    accepted.transport.resumeReading()
    yield* client.untilLost()
    yield* accepted.untilLost()
    expect(accepted.byteCount).toBe(8 * KIB * KIB)
    expect(client.lost).toBeNull()
    yield* end(pair)
  })

  onLoop('drops what was written when it is aborted', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    accepted.transport.pauseReading()
    client.transport.write(new Uint8Array(32 * KIB * KIB))
    client.transport.abort()
    expect(client.lost).toBeUndefined()
    yield* client.untilLost()
    expect(client.lost).toBeNull()
    accepted.transport.resumeReading()
    yield* accepted.untilLost()
    expect(accepted.byteCount).toBeLessThan(32 * KIB * KIB)
    yield* end(pair)
  })

  onLoop('asks to pause above the high limit and to resume at the low one, in turn', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    expect(client.transport.getWriteBufferLimits()).toEqual([16 * KIB, 64 * KIB])
    accepted.transport.pauseReading()
    let written = 0
    for (; written < 64 * KIB * KIB && !client.events.includes('pause'); written += 64 * KIB) {
      client.transport.write(new Uint8Array(64 * KIB))
    }
    expect(client.transport.getWriteBufferSize()).toBeGreaterThan(64 * KIB)
    client.transport.write('more')
    client.transport.write('and more')
    expect(client.events).toEqual(['made', 'pause'])
    accepted.transport.resumeReading()
    yield* client.until(() => client.events.includes('resume'))
    expect(client.transport.getWriteBufferSize()).toBeLessThanOrEqual(16 * KIB)
    yield* accepted.until(() => accepted.byteCount === written + 12)
    expect(client.events).toEqual(['made', 'pause', 'resume'])
    yield* end(pair)
  })

  onLoop('computes the limit that is not given, and checks them', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { transport } = pair.client
    transport.setWriteBufferLimits({ low: 1000 })
    expect(transport.getWriteBufferLimits()).toEqual([1000, 4000])
    transport.setWriteBufferLimits({ high: 1000 })
    expect(transport.getWriteBufferLimits()).toEqual([250, 1000])
    expect(() => transport.setWriteBufferLimits({ high: 1, low: 2 })).toThrow(/must be >= low/)
    expect(() => transport.setWriteBufferLimits({ low: -1 })).toThrow(/must be >= 0/)
    transport.setWriteBufferLimits()
    expect(transport.getWriteBufferLimits()).toEqual([16 * KIB, 64 * KIB])
    yield* end(pair)
  })

  onLoop('stops reading while it is paused, and does not mind being asked twice', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    client.transport.resumeReading()
    client.transport.pauseReading()
    client.transport.pauseReading()
    expect(client.transport.isReading()).toBe(false)
    accepted.transport.write('later')
    yield* turns(20)
    expect(client.text).toBe('')
    client.transport.resumeReading()
    client.transport.resumeReading()
    expect(client.transport.isReading()).toBe(true)
    yield* client.untilText('later')
    client.transport.close()
    expect(client.transport.isReading()).toBe(false)
    client.transport.pauseReading()
    client.transport.resumeReading()
    yield* end(pair)
  })

  onLoop('holds a pause that connectionMade asks for', function* ({ loop }) {
    class Paused extends Recorder {
      override connectionMade(transport: unknown): void {
        super.connectionMade(transport)
        this.transport.pauseReading()
      }
    }
    const pair = yield* connected(loop, new Recorder(), new Paused())
    pair.accepted.transport.write('later')
    yield* turns(20)
    expect(pair.client.text).toBe('')
    pair.client.transport.resumeReading()
    yield* pair.client.untilText('later')
    yield* end(pair)
  })

  onLoop('stays open for writing after the other side has ended, when asked to', function* ({ loop }) {
    const accepted = new Recorder()
    accepted.keepsOpen = true
    const pair = yield* connected(loop, accepted, new Recorder())
    const { client } = pair
    expect(client.transport.canWriteEof()).toBe(true)
    client.transport.write('question')
    client.transport.writeEof()
    client.transport.writeEof()
    expect(() => client.transport.write('more')).toThrow(/Cannot call write\(\) after write_eof/)
    yield* accepted.until(() => accepted.events.includes('eof'))
    accepted.transport.write('answer')
    yield* client.untilText('answer')
    yield* turns(20)
    expect(accepted.events).toEqual(['made', 'data', 'eof'])
    accepted.transport.close()
    yield* client.untilLost()
    expect(client.events).toEqual(['made', 'data', 'eof', 'lost'])
    yield* end(pair)
  })

  onLoop('waits to be closed when both sides have ended', function* ({ loop }) {
    const accepted = new Recorder()
    const client = new Recorder()
    accepted.keepsOpen = client.keepsOpen = true
    const pair = yield* connected(loop, accepted, client)
    client.transport.writeEof()
    yield* accepted.until(() => accepted.events.includes('eof'))
    accepted.transport.writeEof()
    yield* client.until(() => client.events.includes('eof'))
    yield* turns(50)
    expect(client.events).toEqual(['made', 'eof'])
    client.transport.close()
    accepted.transport.close()
    yield* turns(2)
    expect([client.lost, accepted.lost]).toEqual([null, null])
    yield* end(pair)
  })

  onLoop('lets the caller use its bytes again as soon as write returns', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    const seen: Buffer[] = []
    accepted.dataReceived = (data) => {
      seen.push(Buffer.from(data))
      accepted.byteCount += data.byteLength
      accepted.watch.note()
    }
    accepted.transport.pauseReading()
    const sizes = [10, 1000, 100_000, 3_000_000, 5, 70_000, 200_000, 1]
    let total = 0
    for (let round = 0; round < 40; round++) {
      const size = sizes[round % sizes.length]!
      const bytes = new Uint8Array(size).fill(round + 1)
      client.transport.write(bytes)
      bytes.fill(255)
      total += size
    }
    accepted.transport.resumeReading()
    yield* accepted.until(() => accepted.byteCount === total)
    const all = Buffer.concat(seen)
    let offset = 0
    for (let round = 0; round < 40; round++) {
      const size = sizes[round % sizes.length]!
      expect(all.subarray(offset, offset + size).every((byte) => byte === round + 1)).toBe(true)
      offset += size
    }
    yield* end(pair)
  })

  onLoop('warns from the fifth write to a lost connection, and never throws', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { client } = pair
    client.transport.abort()
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    try {
      for (let count = 0; count < 4; count++) client.transport.write('lost')
      expect(warn).not.toHaveBeenCalled()
      client.transport.write('lost')
      expect(warn.mock.calls).toEqual([['socket.send() raised exception.']])
    } finally {
      warn.mockRestore()
    }
    yield* client.untilLost()
    yield* end(pair)
  })

  onLoop('takes bytes and text, and nothing else', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { transport } = pair.client
    transport.write('')
    transport.write(new Uint8Array())
    expect(() => transport.write(5 as never)).toThrow(TypeError)
    expect(() => transport.write(new Uint16Array(2) as never)).toThrow(TypeError)
    expect(() => transport.writelines(['x', 5 as never])).toThrow(TypeError)
    transport.writelines([])
    yield* end(pair)
  })

  onLoop('knows the addresses, also after the end', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client, port } = pair
    const local = client.transport.getExtraInfo('sockname')
    expect(client.transport.getExtraInfo('peername')).toEqual(['127.0.0.1', port])
    expect(accepted.transport.getExtraInfo('peername')).toEqual(local)
    expect(accepted.transport.getExtraInfo('sockname')).toEqual(['127.0.0.1', port])
    expect(client.transport.getExtraInfo('socket')).toBe(socketOf(client.transport))
    expect(client.transport.getExtraInfo('cipher')).toBeUndefined()
    expect(client.transport.getExtraInfo('nothing', 5)).toBe(5)
    client.transport.close()
    yield* accepted.untilLost()
    expect(accepted.transport.getExtraInfo('peername')).toEqual(local)
    expect(client.transport.getExtraInfo('peername')).toEqual(['127.0.0.1', port])
    yield* end(pair)
  })

  onLoop('changes its protocol between two chunks', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    accepted.transport.write('one')
    yield* client.untilText('one')
    const buffered = new BufferedRecorder(4)
    client.transport.setProtocol(buffered)
    expect(client.transport.getProtocol()).toBe(buffered)
    accepted.transport.write('two three')
    yield* buffered.until(() => buffered.text === 'two three')
    client.transport.setProtocol(client)
    accepted.transport.write(' four')
    yield* client.untilText('one four')
    yield* end(pair)
  })

  onLoop('tells a reset to the side that is reset', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    socketOf(accepted.transport).resetAndDestroy()
    yield* client.untilLost()
    expect(client.lost).toMatchObject({ name: 'ConnectionResetError', code: 'ECONNRESET' })
    expect(accepted.lost).toBeNull()
    yield* end(pair)
  })

  onLoop('tells a reset that comes in the middle of a write', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    const { accepted, client } = pair
    accepted.transport.pauseReading()
    client.transport.pauseReading()
    client.transport.write(new Uint8Array(32 * KIB * KIB))
    expect(client.events).toEqual(['made', 'pause'])
    socketOf(accepted.transport).resetAndDestroy()
    yield* client.untilLost()
    expect(['ConnectionResetError', 'BrokenPipeError']).toContain(client.lost?.name)
    expect(client.events).toHaveLength(3)
    yield* end(pair)
  })

  onLoop('reports what the system says in debug mode alone', function* ({ loop, problems }) {
    for (const debug of [false, true]) {
      const pair = yield* connected(loop, new Recorder(), new Recorder())
      loop.setDebug(debug)
      socketOf(pair.accepted.transport).resetAndDestroy()
      yield* pair.client.untilLost()
      loop.setDebug(false)
      const told = problems.splice(0).map(({ message, exception }) => `${message}: ${(exception as Error).name}`)
      expect(told).toEqual(debug ? ['Fatal error on transport: ConnectionResetError'] : [])
      yield* end(pair)
    }
  })

  onLoop('reports an error of dataReceived and breaks the connection off', function* ({ loop, problems }) {
    const failure = new Error('of the protocol')
    class Failing extends Recorder {
      override dataReceived(): void {
        throw failure
      }
    }
    const pair = yield* connected(loop, new Failing(), new Recorder())
    pair.client.transport.write('x')
    yield* pair.client.untilLost()
    const [problem] = problems.splice(0)
    expect(problem!.message).toBe('Fatal error: protocol.dataReceived() call failed.')
    expect(problem!.exception).toBe(failure)
    expect(problem!.transport).toBe(pair.accepted.transport)
    expect(problem!.protocol).toBe(pair.accepted)
    expect(pair.accepted.lost).toBe(failure)
    yield* end(pair)
  })

  onLoop('reports an error of eofReceived and breaks the connection off', function* ({ loop, problems }) {
    const failure = new Error('of the protocol')
    class Failing extends Recorder {
      override eofReceived(): boolean {
        throw failure
      }
    }
    const pair = yield* connected(loop, new Failing(), new Recorder())
    pair.client.transport.writeEof()
    yield* pair.accepted.untilLost()
    expect(problems.splice(0).map(({ exception }) => exception)).toEqual([failure])
    expect(pair.accepted.lost).toBe(failure)
    yield* end(pair)
  })

  onLoop('reports an error of connectionMade and goes on', function* ({ loop, problems }) {
    const failure = new Error('of the protocol')
    class Failing extends Recorder {
      override connectionMade(transport: unknown): void {
        super.connectionMade(transport)
        throw failure
      }
    }
    const client = new Failing()
    const pair = yield* connected(loop, new Recorder(), client)
    expect(problems.splice(0).map(({ exception }) => exception)).toEqual([failure])
    pair.accepted.transport.write('still there')
    yield* client.untilText('still there')
    yield* end(pair)
  })

  onLoop('reports errors of connectionLost, pauseWriting and resumeWriting', function* ({ loop, problems }) {
    class Failing extends Recorder {
      override note(event: string): void {
        super.note(event)
        if (event !== 'made') throw new Error(event)
      }
    }
    const pair = yield* connected(loop, new Recorder(), new Failing())
    const { accepted, client } = pair
    accepted.transport.pauseReading()
    client.transport.write(new Uint8Array(16 * KIB * KIB))
    accepted.transport.resumeReading()
    yield* client.until(() => client.events.includes('resume'))
    client.transport.close()
    yield* accepted.untilLost()
    const told = problems.splice(0).map(({ message, exception }) => `${message}: ${(exception as Error).message}`)
    expect(told).toEqual([
      'protocol.pauseWriting() failed: pause',
      'protocol.resumeWriting() failed: resume',
      'Exception in callback connectionLost(): lost',
    ])
    yield* end(pair)
  })

  onLoop('calls the protocol in the context of createConnection and createServer', function* ({ loop }) {
    const where = new ContextVar('where', { default: 'nowhere' })
    const seen: string[] = []
    class Looking extends Recorder {
      override note(event: string): void {
        super.note(event)
        seen.push(`${event} in ${where.get()}`)
      }

      override dataReceived(data: Uint8Array): void {
        seen.push(`data in ${where.get()}`)
        where.set(`${where.get()} after data`)
        super.dataReceived(data)
      }
    }
    where.set('a task')
    const pair = yield* connected(loop, new Recorder(), new Looking())
    where.set('another')
    pair.accepted.transport.write('x')
    yield* pair.client.untilText('x')
    pair.accepted.transport.close()
    yield* pair.client.untilLost()
    expect(seen).toEqual(['made in a task', 'data in a task', 'eof in a task after data', 'lost in a task after data'])
    expect(where.get()).toBe('another')
    yield* end(pair)
  })

  onLoop('gives each accepted connection a copy of the context of createServer', function* ({ loop }) {
    const count = new ContextVar('count', { default: 0 })
    const seen: number[] = []
    class Counting extends Recorder {
      override connectionMade(transport: unknown): void {
        super.connectionMade(transport)
        count.set(count.get() + 1)
        seen.push(count.get())
      }
    }
    count.set(10)
    const server = yield* loop.createServer(() => new Counting(), '127.0.0.1', 0)
    count.set(20)
    const [host, port] = server.sockets[0]!.getsockname() as [string, number]
    for (let index = 0; index < 3; index++) yield* loop.createConnection(() => new Recorder(), host, port)
    while (seen.length < 3) yield undefined
    expect(seen).toEqual([11, 11, 11])
    yield* end({ server })
  })

  onLoop('is over when somebody destroys its socket', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    socketOf(pair.client.transport).destroy()
    yield* pair.client.untilLost()
    expect(pair.client.lost).toBeNull()
    yield* end(pair)
  })

  onLoop('holds back what a slow reader does not take, and no more', function* ({ loop }) {
    class Source extends Recorder {
      paused = false
      written = 0
      peak = 0

      pump(): void {
        while (!this.paused && this.written < 64 * KIB * KIB) {
          this.transport.write(new Uint8Array(32 * KIB))
          this.written += 32 * KIB
          this.peak = Math.max(this.peak, this.transport.getWriteBufferSize())
        }
      }

      override pauseWriting(): void {
        this.paused = true
      }

      override resumeWriting(): void {
        this.paused = false
        this.pump()
      }
    }
    const pair = yield* connected(loop, new Source(), new Recorder())
    const { accepted, client } = pair
    client.transport.pauseReading()
    accepted.pump()
    yield* turns(20)
    expect(accepted.written).toBeLessThan(32 * KIB * KIB)
    client.transport.resumeReading()
    yield* client.until(() => client.byteCount === 64 * KIB * KIB)
    expect(accepted.peak).toBeLessThanOrEqual(96 * KIB)
    yield* end(pair)
  })
})

describe('BufferedProtocol', () => {
  onLoop('receives into its own buffer on both sides, in as many pieces as it takes', function* ({ loop }) {
    const pair = yield* connected(loop, new BufferedRecorder(3), new BufferedRecorder(5))
    const { accepted, client } = pair
    client.transport.write('from the client')
    accepted.transport.write('from the server')
    yield* accepted.until(() => accepted.text === 'from the client')
    yield* client.until(() => client.text === 'from the server')
    accepted.transport.close()
    yield* client.until(() => client.lost !== undefined)
    yield* end(pair)
  })

  onLoop('has to have room', function* ({ loop, problems }) {
    const pair = yield* connected(loop, new BufferedRecorder(0), new Recorder())
    pair.client.transport.write('x')
    yield* pair.client.untilLost()
    const [problem] = problems.splice(0)
    expect((problem!.exception as Error).message).toMatch(/getBuffer\(\) returned an empty buffer/)
    expect(pair.accepted.lost?.name).toBe('RuntimeError')
    yield* end(pair)
  })
})

describe('a protocol', () => {
  onLoop('may end the program', function* ({ loop }) {
    class Interrupting extends Recorder {
      override connectionLost(): void {
        throw new KeyboardInterrupt('from a protocol')
      }
    }
    const interrupted: unknown[] = []
    loop._interrupt = (error) => {
      interrupted.push(error)
      return true
    }
    const pair = yield* connected(loop, new Recorder(), new Interrupting())
    pair.client.transport.close()
    while (interrupted.length === 0) yield undefined
    expect(interrupted).toMatchObject([{ name: 'KeyboardInterrupt' }])
    yield* end(pair)
  })
})

describe('a transport that is broken off', () => {
  onLoop('holds no bytes any more', function* ({ loop }) {
    const pair = yield* connected(loop, new Recorder(), new Recorder())
    pair.accepted.transport.pauseReading()
    const { transport } = pair.client
    transport.write(new Uint8Array(8_000_000))
    expect(transport.getWriteBufferSize()).toBeGreaterThan(0)
    transport.abort()
    expect(transport.getWriteBufferSize()).toBe(0)
    yield* end(pair)
  })
})

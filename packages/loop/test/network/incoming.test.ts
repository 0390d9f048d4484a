import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { READ_BYTES } from '../../src/network/constants.ts'
import { Incoming } from '../../src/network/incoming.ts'
import { BufferedRecorder, callbackEnds, connected, end, onLoop, Recorder, runOnLoop, turns } from './stage.ts'

/** A BufferedProtocol that notes where its bytes have arrived. */
class Placing extends BufferedRecorder {
  readonly given: Uint8Array[] = []

  override getBuffer(sizeHint: number): Uint8Array {
    super.getBuffer(sizeHint)
    const buffer = new Uint8Array(100)
    this.given.push(buffer)
    return buffer
  }

  override bufferUpdated(byteCount: number): void {
    this.text += Buffer.from(this.given.at(-1)!.subarray(0, byteCount)).toString()
    this.watch.note()
  }
}

describe('a client with a BufferedProtocol', () => {
  onLoop('is read into the buffer that it gave beforehand', function* ({ loop }) {
    const client = new Placing(1)
    const pair = yield* connected(loop, new Recorder(), client)
    pair.accepted.transport.write('first')
    yield* client.until(() => client.text === 'first')
    pair.accepted.transport.write(' second')
    yield* client.until(() => client.text === 'first second')
    yield* callbackEnds()
    expect(client.hints).toEqual([5, -1, -1])
    expect(Buffer.from(client.given[1]!).toString('latin1', 0, 7)).toBe(' second')
    yield* end(pair)
  })

  onLoop('is not asked for a buffer while it does not read', function* ({ loop }) {
    class Pausing extends Placing {
      override bufferUpdated(byteCount: number): void {
        super.bufferUpdated(byteCount)
        this.transport.pauseReading()
      }
    }
    const client = new Pausing(1)
    const pair = yield* connected(loop, new Recorder(), client)
    pair.accepted.transport.write('first')
    yield* client.until(() => client.text === 'first')
    yield* callbackEnds()
    expect(client.hints).toEqual([5])
    pair.accepted.transport.write(' second')
    for (let i = 0; i < 20; i++) yield* callbackEnds()
    expect(client.text).toBe('first')
    client.transport.resumeReading()
    yield* client.until(() => client.text === 'first second')
    expect(client.hints).toEqual([5, 7])
    yield* end(pair)
  })

  onLoop('may hand over to another protocol that has given no buffer yet', function* ({ loop }) {
    const client = new Placing(1)
    const pair = yield* connected(loop, new Recorder(), client)
    pair.accepted.transport.write('first')
    yield* client.until(() => client.text === 'first')
    yield* callbackEnds()
    const next = new Placing(1)
    client.transport.setProtocol(next)
    pair.accepted.transport.write('second')
    yield* next.until(() => next.text === 'second')
    yield* callbackEnds()
    expect(client.text).toBe('first')
    expect(next.hints).toEqual([6, -1])
    yield* end(pair)
  })

  onLoop('is broken off when it cannot give a buffer', function* ({ loop, problems }) {
    class Failing extends Placing {
      override getBuffer(sizeHint: number): Uint8Array {
        if (sizeHint < 0) throw new Error('no buffer')
        return super.getBuffer(sizeHint)
      }
    }
    const client = new Failing(1)
    const pair = yield* connected(loop, new Recorder(), client)
    pair.accepted.transport.write('first')
    yield* client.until(() => client.lost !== undefined)
    expect(problems.splice(0).map(({ message }) => message)).toEqual(['Fatal error: protocol.getBuffer() call failed.'])
    expect(client.text).toBe('first')
    yield* end(pair)
  })
})

describe('a client that reads as a stream', () => {
  onLoop('gets large reads without a copy, and keeps no large memory for small ones', function* ({ loop }) {
    const chunks: Uint8Array[] = []
    const client = new Recorder()
    const pair = yield* connected(loop, new Recorder(), client)
    client.dataReceived = (data) => {
      chunks.push(data)
      client.byteCount += data.byteLength
      client.watch.note()
    }
    pair.accepted.transport.write(new Uint8Array(4_000_000))
    yield* client.until(() => client.byteCount === 4_000_000)
    const large = chunks.filter(({ byteLength }) => byteLength >= READ_BYTES / 2)
    expect(large.length).toBeGreaterThan(1)
    expect(new Set(large.map(({ buffer }) => buffer)).size).toBe(large.length)
    expect(large.some(({ buffer }) => buffer.byteLength === READ_BYTES)).toBe(true)
    for (let i = 1; i <= 3; i++) {
      pair.accepted.transport.write('small')
      yield* client.until(() => client.byteCount === 4_000_000 + 5 * i)
      yield* callbackEnds()
    }
    // The host's pool of small memory, of which there may be a new one in between.
    expect(new Set(chunks.slice(-3).map(({ buffer }) => buffer)).size).toBeLessThan(3)
    yield* end(pair)
  })
})

describe('Incoming', () => {
  it('copies what plain protocols get out of memory that is read into again', () => {
    const recorder = new Recorder()
    const kept: Uint8Array[] = []
    recorder.dataReceived = (data) => void kept.push(data)
    const incoming = new Incoming(recorder, () => expect.unreachable())
    const buffer = Buffer.from('abcdef')
    incoming.deliverFrom(3, buffer)
    buffer.fill('x')
    expect(Buffer.concat(kept).toString()).toBe('abc')
    expect(incoming.arm()).toBeNull()
  })

  it('stops at the first error of a protocol', () => {
    const fail = vi.fn()
    const recorder = new BufferedRecorder(2)
    const failure = new Error('of the protocol')
    recorder.bufferUpdated = () => {
      throw failure
    }
    new Incoming(recorder, fail).deliver(Buffer.from('more than two'))
    expect(fail.mock.calls).toEqual([[failure, 'bufferUpdated']])
  })
})

/** More in a long run: `FUZZ=20 npm test`. */
const fuzz = Number(process.env['FUZZ'] ?? 1)

type Step = { bytes: number } | { pause: boolean } | { protocol: number }

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ bytes: fc.oneof(fc.nat(50), fc.nat(200_000)) }) },
    { weight: 2, arbitrary: fc.record({ pause: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ protocol: fc.nat(300) }) },
  ),
  { minLength: 1, maxLength: 25 },
)

describe('what is sent', () => {
  for (const direction of ['to a client', 'to a server'] as const) {
    it(
      `arrives whole and in order, ${direction}, whatever is paused and changed`,
      async () => {
        await fc.assert(
          fc.asyncProperty(steps, (script) =>
            runOnLoop(function* ({ loop }) {
              const pair = yield* connected(loop, new Recorder(), new Recorder())
              const isToClient = direction === 'to a client'
              const from = (isToClient ? pair.accepted : pair.client).transport
              const to = (isToClient ? pair.client : pair.accepted).transport
              const sink = new Sink()
              to.setProtocol(sink)
              let sent = 0
              for (const step of script as Step[]) {
                if ('bytes' in step) {
                  const bytes = Uint8Array.from({ length: step.bytes }, () => sent++ % 251)
                  from.write(bytes)
                  bytes.fill(255)
                } else if ('pause' in step) {
                  if (step.pause) to.pauseReading()
                  else to.resumeReading()
                } else to.setProtocol(step.protocol < 100 ? sink : sink.buffered(step.protocol))
                yield* turns(sent % 3)
              }
              to.resumeReading()
              while (sink.received < sent) yield undefined
              sink.checkAgain()
              expect(sink.wrongAt).toBe(-1)
              expect(sink.received).toBe(sent)
              yield* end(pair)
            }),
          ),
          { numRuns: 20 * fuzz },
        )
      },
      30_000 * fuzz,
    )
  }
})

/** Checks that the bytes count on, modulo 251, whichever protocol they come through. */
class Sink extends Recorder {
  received = 0
  wrongAt = -1
  readonly #kept: [data: Uint8Array, start: number][] = []

  override dataReceived(data: Uint8Array): void {
    this.#kept.push([data, this.received])
    this.#check(data)
  }

  /** Looks once more: what a protocol has been given is its own. */
  checkAgain(): void {
    const { received } = this
    for (const [data, start] of this.#kept) {
      this.received = start
      this.#check(data)
    }
    this.received = received
  }

  #check(data: Uint8Array): void {
    for (const byte of data) if (byte !== this.received++ % 251 && this.wrongAt < 0) this.wrongAt = this.received - 1
  }

  buffered(sizeBytes: number): BufferedRecorder {
    const protocol = new BufferedRecorder(sizeBytes)
    protocol.bufferUpdated = (byteCount) => this.#check(protocol.buffer.subarray(0, byteCount))
    return protocol
  }
}

describe('a BufferedProtocol', () => {
  for (const nothing of [undefined, null, 'text', []]) {
    onLoop(`that gives ${JSON.stringify(nothing)} for a buffer ends its connection`, function* ({ loop, problems }) {
      class Bad extends BufferedRecorder {
        override getBuffer(): Uint8Array {
          return nothing as never
        }
      }
      const client = new Bad(4)
      const pair = yield* connected(loop, new Recorder(), client)
      pair.accepted.transport.write('hello')
      yield* client.until(() => client.lost !== undefined)
      expect(client.lost).toBeInstanceOf(TypeError)
      expect(problems.splice(0)).toMatchObject([{ message: 'Fatal error: protocol.getBuffer() call failed.' }])
      yield* end(pair)
    })
  }
})

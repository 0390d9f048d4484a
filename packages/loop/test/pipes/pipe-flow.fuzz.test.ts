import { Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BaseTransport, ReadTransport, WriteTransport } from '@asyncio-ts/core'
import type { EventLoop } from '../../src/index.ts'
import { Fifo } from './fifo.ts'
import { onLoop } from '../on-loop.ts'
import { Recorder } from '../recorder.ts'

/** What is done to a pipe from its writing end. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 150_000 }).map((size) => ({ kind: 'write', size }) as const) },
  { weight: 2, arbitrary: fc.nat({ max: 3 }).map((turns) => ({ kind: 'turns', turns }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'wait' } as const) },
  { weight: 1, arbitrary: fc.nat({ max: 100_000 }).map((high) => ({ kind: 'limits', high }) as const) },
)

const script = fc.record({
  steps: fc.array(step, { maxLength: 20 }),
  /** After how many chunks the reader pauses, and for how many turns. */
  pauses: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 4 })), { maxLength: 8 }),
  ending: fc.constantFrom('close', 'writeEof', 'abort'),
})

type Script = typeof script extends fc.Arbitrary<infer T> ? T : never

function turns(count: number): Promise<void> {
  return new Promise((resolve) => (count <= 0 ? setImmediate(resolve) : setImmediate(() => resolve(turns(count - 1)))))
}

/** Checks each pause and resume when it comes. */
class Writer extends Recorder {
  #isPaused = false

  get #sizes(): [size: number, low: number, high: number] {
    const transport = this.transport as WriteTransport
    const [low, high] = transport.getWriteBufferLimits()
    return [transport.getWriteBufferSize(), low, high]
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  override pauseWriting(): void {
    const [size, , high] = this.#sizes
    expect([this.#isPaused, size > high, this.isLost]).toEqual([false, true, false])
    this.#isPaused = true
    super.pauseWriting()
  }

  override resumeWriting(): void {
    const [size, low] = this.#sizes
    expect([this.#isPaused, size <= low, this.isLost]).toEqual([true, true, false])
    this.#isPaused = false
    super.resumeWriting()
  }
}

/** Reads at a pace of its own. */
class SlowReader extends Recorder {
  readonly #pauses: [chunks: number, turns: number][]
  #chunks = 0

  constructor(pauses: readonly [number, number][]) {
    super()
    this.#pauses = pauses.map((each) => [...each])
  }

  override connectionMade(transport: BaseTransport): void {
    super.connectionMade(transport)
    this.#pauseMaybe()
  }

  override dataReceived(data: Uint8Array): void {
    expect((this.transport as ReadTransport).isReading()).toBe(true)
    super.dataReceived(data)
    this.#chunks++
    this.#pauseMaybe()
  }

  #pauseMaybe(): void {
    const transport = this.transport as ReadTransport
    const next = this.#pauses[0]
    if (next === undefined || this.#chunks < next[0]) return
    this.#pauses.shift()
    this.#chunks = 0
    transport.pauseReading()
    void turns(next[1]).then(() => transport.resumeReading())
  }
}

/** Plays the script on the writing end; returns what was written. */
async function play(transport: WriteTransport, protocol: Writer, { steps, ending }: Script): Promise<Buffer> {
  const written: Buffer[] = []
  for (const [index, each] of steps.entries()) {
    if (each.kind === 'turns') await turns(each.turns)
    else if (each.kind === 'wait') await protocol.until(() => !protocol.isPaused)
    else if (each.kind === 'limits') transport.setWriteBufferLimits({ high: each.high })
    else {
      const bytes = Buffer.alloc(each.size, index + 1)
      written.push(Buffer.from(bytes))
      transport.write(bytes)
      bytes.fill(0)
    }
  }
  transport[ending as 'close']()
  return Buffer.concat(written)
}

function checkEvents(protocol: Writer): void {
  expect(protocol.events[0]).toBe('made')
  expect(protocol.events.filter((event) => event.startsWith('lost'))).toEqual(['lost'])
  expect(protocol.events.at(-1)).toBe('lost')
  const flow = protocol.events.slice(1, -1)
  expect(flow).toEqual(flow.map((_, index) => (index % 2 === 0 ? 'pause' : 'resume')))
}

async function throughFifo(loop: EventLoop, fifo: Fifo, given: Script): Promise<void> {
  const { read, write } = fifo.open()
  const pauses = given.pauses as [number, number][]
  const [, reader] = await loop.connectReadPipe(() => new SlowReader(pauses), read)
  const [transport, writer] = await loop.connectWritePipe(() => new Writer(), write)
  const written = await play(transport, writer, given)
  await writer.lost()
  await reader.lost()
  checkEvents(writer)
  const { data } = reader
  expect(data.equals(written.subarray(0, data.length))).toBe(true)
  if (given.ending !== 'abort') expect(data.length).toBe(written.length)
}

/** A stream that takes its chunks one by one, each after some turns. */
class SlowSink extends Writable {
  readonly taken: Buffer[] = []
  readonly #delays: readonly number[]
  #count = 0

  constructor(delays: readonly number[]) {
    super()
    this.#delays = delays
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.taken.push(chunk)
    const delay = this.#delays[this.#count++ % this.#delays.length] ?? 0
    if (delay === 0) done()
    else void turns(delay).then(done)
  }
}

describe('a pipe', () => {
  it(
    'delivers every byte, and pauses and resumes in turns, at any pace',
    onLoop(async (loop) => {
      using fifo = new Fifo()
      await fc.assert(
        fc.asyncProperty(script, (given) => throughFifo(loop, fifo, given)),
        { numRuns: 150 },
      )
    }),
  )

  it(
    'does so through any stream',
    onLoop(async (loop) => {
      const property = fc.asyncProperty(script, fc.array(fc.nat({ max: 3 })), async (given, delays) => {
        const sink = new SlowSink(delays)
        const [transport, writer] = await loop.connectWritePipe(() => new Writer(), sink)
        const written = await play(transport, writer, given)
        await writer.lost()
        if (given.ending !== 'abort' && !sink.closed) await new Promise((resolve) => sink.once('close', resolve))
        checkEvents(writer)
        const data = Buffer.concat(sink.taken)
        expect(data.equals(written.subarray(0, data.length))).toBe(true)
        if (given.ending !== 'abort') expect(data.length).toBe(written.length)
      })
      await fc.assert(property, { numRuns: 150 })
    }),
  )
})

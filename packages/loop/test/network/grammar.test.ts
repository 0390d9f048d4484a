import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Coroutine, Transport } from '@asyncio-ts/core'
import { getRunningLoop } from '../../src/index.ts'
import {
  BufferedRecorder,
  clientSsl,
  end,
  pass,
  portOf,
  Recorder,
  runOnLoop,
  serverSsl,
  socketOf,
  turns,
} from './stage.ts'

type Action = 'write' | 'flood' | 'eof' | 'close' | 'abort' | 'pause' | 'resume' | 'reset' | 'replace' | 'limits'

interface Step {
  readonly onClient: boolean
  readonly action: Action
  readonly wait: number
}

const weights: [Action, number][] = [
  ['write', 6],
  ['flood', 2],
  ['eof', 2],
  ['close', 1],
  ['abort', 1],
  ['pause', 3],
  ['resume', 4],
  ['reset', 1],
  ['replace', 2],
  ['limits', 1],
]
const actions = fc.oneof(...weights.map(([action, weight]) => ({ weight, arbitrary: fc.constant(action) })))
const step: fc.Arbitrary<Step> = fc.record({ onClient: fc.boolean(), action: actions, wait: fc.nat(4) })
const scripts = fc.record({
  isEncrypted: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  keepsOpen: fc.tuple(fc.boolean(), fc.boolean()),
  steps: fc.array(step, { maxLength: 14 }),
})

/** More in a long run: `FUZZ=20 npm test`. */
const fuzz = Number(process.env['FUZZ'] ?? 1)

/** What a protocol may hear, in which order: each event as one letter. */
const GRAMMAR = /^m(d|p|r)*(e(p|r)*)?l$/
const PAUSES = /^(pr)*p?$/

function wordOf(events: readonly string[]): string {
  return events.map((event) => ({ made: 'm', data: 'd', pause: 'p', resume: 'r', eof: 'e' })[event] ?? 'l').join('')
}

function act(transport: Transport, action: Action): void {
  switch (action) {
    case 'write':
      return transport.write('some bytes')
    case 'flood':
      return transport.write(new Uint8Array(3_000_000))
    case 'eof':
      return transport.canWriteEof() ? transport.writeEof() : undefined
    case 'close':
      return transport.close()
    case 'abort':
      return transport.abort()
    case 'pause':
      return transport.pauseReading()
    case 'resume':
      return transport.resumeReading()
    case 'reset':
      return void socketOf(transport).destroy()
    case 'replace': {
      const recorder = transport.getProtocol() as Recorder
      const buffered = new BufferedRecorder(1000)
      buffered.bufferUpdated = () => recorder.dataReceived(new Uint8Array(1))
      buffered.eofReceived = () => recorder.eofReceived()
      buffered.connectionLost = (error) => recorder.connectionLost(error)
      buffered.pauseWriting = () => recorder.pauseWriting()
      buffered.resumeWriting = () => recorder.resumeWriting()
      return recorder instanceof Recorder ? transport.setProtocol(buffered) : undefined
    }
    case 'limits':
      return transport.setWriteBufferLimits({ high: 5 })
  }
}

function* play(isEncrypted: boolean, keepsOpen: readonly boolean[], steps: readonly Step[]): Coroutine<Recorder[]> {
  const loop = getRunningLoop()
  const [accepted, client] = [new Recorder(), new Recorder()]
  accepted.keepsOpen = keepsOpen[0]!
  client.keepsOpen = keepsOpen[1]!
  const server = yield* loop.createServer(() => accepted, '127.0.0.1', 0, isEncrypted ? { ssl: serverSsl() } : {})
  const options = isEncrypted ? { ssl: clientSsl } : {}
  yield* loop.createConnection(() => client, '127.0.0.1', portOf(server), options)
  yield* accepted.until(() => accepted.events.length > 0)
  for (const { onClient, action, wait } of steps) {
    try {
      act((onClient ? client : accepted).transport, action)
    } catch (error) {
      expect((error as Error).message).toMatch(/after write_eof/)
    }
    yield* turns(wait)
  }
  yield* pass(0.001)
  for (const each of [accepted, client]) each.transport.abort()
  for (const each of [accepted, client]) yield* each.untilLost()
  yield* end({ server })
  return [accepted, client]
}

describe('a protocol', () => {
  it(
    'hears its events in order and the loss once, whatever both sides do',
    async () => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
      await fc.assert(
        fc.asyncProperty(scripts, ({ isEncrypted, keepsOpen, steps }) =>
          runOnLoop(function* () {
            for (const { events } of yield* play(isEncrypted, keepsOpen, steps)) {
              const word = wordOf(events)
              expect(word).toMatch(GRAMMAR)
              expect(word.replace(/[^pr]/g, '')).toMatch(PAUSES)
            }
          }),
        ),
        { numRuns: 60 * fuzz },
      )
      warn.mockRestore()
    },
    30_000 * fuzz,
  )
})

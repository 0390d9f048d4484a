import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OSError } from '@asyncio-ts/core'
import type { CoroutineObject, Task } from '@asyncio-ts/core'
import { turnByTurn } from '../../../test-support/turn-by-turn.ts'
import { IncompleteReadError, LimitOverrunError, StreamReader } from '../src/index.ts'

type Step = [op: string, ...args: (string | number | string[])[]]

interface Script {
  limit: number
  steps: Step[]
  /** What the transport was told, how each read ended, what is left, and whether that is the end. */
  outcome: [log: string[], outcomes: string[], left: string | null, atEof: boolean]
}

const { scripts } = JSON.parse(readFileSync(new URL('fixtures/stream-reader.json', import.meta.url), 'utf8')) as {
  scripts: Script[]
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

function begin(reader: StreamReader, [op, arg]: Step): CoroutineObject<Uint8Array> {
  if (op === 'read') return reader.read(arg as number)
  if (op === 'readexactly') return reader.readexactly(arg as number)
  return op === 'readline' ? reader.readline() : reader.readuntil((arg as string[]).map(bytes))
}

function outcomeOf(task: Task<Uint8Array>): string {
  if (!task.done()) return 'waiting'
  if (task.cancelled()) return 'CancelledError'
  const error = task.exception() as Error | null
  if (error === null) return hex(task.result())
  if (error instanceof IncompleteReadError) return `${error.name} ${hex(error.partial)} ${error.expected ?? 'None'}`
  if (error instanceof LimitOverrunError) return `${error.name} ${error.consumed}`
  return `${error.name} ${error.message}`
}

async function play({ limit, steps }: Script, spelling: 'yields' | 'awaits'): Promise<Script['outcome']> {
  const log: string[] = []
  const tasks: Task<Uint8Array>[] = []
  let outcome: Script['outcome'] | undefined
  await turnByTurn(async (turn, loop) => {
    const reader = new StreamReader({ limit, loop })
    reader.setTransport({ pauseReading: () => void log.push('pause'), resumeReading: () => void log.push('resume') })
    for (const step of steps) {
      const [op, arg] = step
      if (op === 'feed') {
        if (!reader._eof) reader.feedData(bytes(arg as string))
      } else if (op === 'eof') reader.feedEof()
      else if (op === 'fail') reader.setException(new OSError('broken'))
      else if (op === 'cancel') tasks.at(-1)?.cancel()
      else {
        const body = spelling === 'yields' ? begin(reader, step) : async () => await begin(reader, step)
        tasks.push(loop.createTask(body) as Task<Uint8Array>)
      }
      for (let i = 0; i < 4; i++) await turn()
    }
    const outcomes = tasks.map(outcomeOf)
    const told = [...log]
    for (const task of tasks) task.cancel()
    for (let i = 0; i < 4; i++) await turn()
    // A read to the end that is called off, or fails, puts back what it had taken: CPython drops it.
    const isPutBack = steps.some(
      (step, index) => isReadAll(step) && /^(waiting|OSError)/.test(outcomes[readsBefore(steps, index)]!),
    )
    const left = isPutBack ? null : hex(reader._buffer.takeAll())
    outcome = [told, outcomes, left, left === '' && reader._eof]
  })
  return outcome!
}

const isReadAll = ([op, arg]: Step): boolean => op === 'read' && arg === -1

const readsBefore = (steps: Step[], index: number): number =>
  steps.slice(0, index).filter(([op]) => op.startsWith('read')).length

describe('StreamReader', () => {
  it('has scripts to play', () => expect(scripts.length).toBeGreaterThan(500))

  it.each(['yields', 'awaits'] as const)('does what CPython does in every recorded script (%s)', async (spelling) => {
    for (const script of scripts) {
      const outcome = await play(script, spelling)
      if (outcome[2] === null) outcome.splice(2, 2, ...script.outcome.slice(2))
      expect(outcome, JSON.stringify(script)).toEqual(script.outcome)
    }
  })
})

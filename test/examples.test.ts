import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CoroutineLike } from '@asyncio-ts/core'
import { runVirtual } from '../test-support/virtual-loop.ts'

interface Example {
  awaits: CoroutineLike<void>
  yields: CoroutineLike<void>
}

/** What each program prints. The times are those of a virtual clock, and exact. */
const expected: Record<string, string[]> = {
  hello: ['hello', 'world, after 0.1 s'],
  sequential: ['hello', 'world', 'took 0.3 s'],
  tasks: ['hello', 'world', 'took 0.2 s'],
  gathering: [
    'A: factorial(2) = 2',
    'B: factorial(3) = 6',
    'C: factorial(4) = 24',
    '[ 2, 6, 24 ] took 0.3 s',
  ],
  'time-limit': ['cleaning up', 'timeout after 0.1 s'],
  cancelling: ['work: CancelledError: enough', 'work: cleaned up', 'main: cancelled true after 0.2 s'],
  'task-group': ['sibling cancelled after 0.1 s', "unhandled errors in a TaskGroup [ 'Error: out of paper' ]"],
  'queue-workers': [
    'b slept for 0.1 s',
    'c slept for 0.2 s',
    'b slept for 0.1 s',
    'a slept for 0.3 s',
    'c slept for 0.2 s',
    'slept in parallel for 0.4 s',
  ],
}

const folder = fileURLToPath(new URL('../docs/examples', import.meta.url))
const byHand = ['tour.ts', 'stopwatch.ts', 'explicit-loop.ts']

afterEach(() => vi.restoreAllMocks())

function capture(): string[] {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)))
  return lines
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.ts') && !byHand.includes(name)))('%s', (name) => {
  it.each(['awaits', 'yields'] as const)('prints what it should (%s)', async (spelling) => {
    const example = (await import(/* @vite-ignore */ `../docs/examples/${name}`)) as Example
    const lines = capture()
    await runVirtual(example[spelling])
    expect(lines).toEqual(expected[name.replace('.ts', '')])
  })
})

describe('explicit-loop.ts', () => {
  it.each(['awaits', 'yields'] as const)('prints what it should (%s)', async (spelling) => {
    const example = await import('../docs/examples/explicit-loop.ts')
    const lines = capture()
    await example[spelling]()
    expect(lines).toEqual(['running true', 'result', 'closed true'])
  })
})

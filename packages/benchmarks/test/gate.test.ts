import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { gateEntries } from '../src/gate/entries.ts'
import { allowed, attempts, judge, verdictLine } from '../src/gate/judge.ts'
import { kernel } from '../src/gate/kernel.ts'
import { lowThird } from '../src/gate/low-third.ts'
import { spellings } from '../src/peers.ts'

const exec = promisify(execFile)
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Measures that come one after the other. */
function inTurn(...costs: number[]): { measure: () => Promise<number>; left: () => number } {
  return { measure: () => Promise.resolve(costs.shift()!), left: () => costs.length }
}

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function runGate(...args: string[]): Promise<Outcome> {
  const flags = ['--conditions=@asyncio-ts/source', '--import', 'tsx', path('../src/gate/gate.ts')]
  try {
    return { code: 0, ...(await exec(process.execPath, [...flags, ...args])) }
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome
    return { code, stdout, stderr }
  }
}

describe('judge', () => {
  it('is content with the first measure within bounds', async () => {
    const { measure, left } = inTurn(10 * allowed, 1)
    expect(await judge('x', 10, measure)).toEqual({ name: 'x', cost: 10 * allowed, baseline: 10, isSlower: false })
    expect(left()).toBe(1)
  })

  it('measures again when the machine may have been in the way', async () => {
    const { measure } = inTurn(100, 100, 9)
    expect((await judge('x', 10, measure)).isSlower).toBe(false)
  })

  it('calls it slower when every attempt is', async () => {
    const { measure, left } = inTurn(...Array<number>(attempts).fill(10 * allowed + 1), 1)
    expect((await judge('x', 10, measure)).isSlower).toBe(true)
    expect(left()).toBe(1)
  })

  it('measures once, and calls nothing slower, without a baseline', async () => {
    const { measure } = inTurn(5)
    expect(await judge('x', undefined, measure)).toEqual({ name: 'x', cost: 5, baseline: undefined, isSlower: false })
  })
})

describe('verdictLine', () => {
  it('says what is slower, and by how much', () => {
    expect(verdictLine({ name: 'switch', cost: 20, baseline: 10, isSlower: true })).toMatch(
      /^SLOWER switch .* 20\.00 .*x2\.00\)$/,
    )
    expect(verdictLine({ name: 'switch', cost: 20, baseline: undefined, isSlower: false })).toMatch(
      /^ok .*\(no baseline\)$/,
    )
  })
})

describe('lowThird', () => {
  it('is the middle of the lowest third', () => {
    expect(lowThird([9, 8, 7, 6, 5, 4, 3, 2, 1])).toBe(2)
    expect(lowThird([4])).toBe(4)
  })
})

describe('the kernel', () => {
  it('counts its steps', () => {
    expect(kernel(12_345)).toBe(12_345)
  })
})

describe('the baseline', () => {
  it('has a cost for every workload in every spelling, and for nothing else', () => {
    const names = gateEntries.flatMap(({ workload }) => spellings.map(({ label }) => `${workload.name} ${label}`))
    const baselines = JSON.parse(readFileSync(path('../gate-baseline.json'), 'utf8')) as Record<string, object>
    for (const known of Object.values(baselines)) expect(Object.keys(known).sort()).toEqual([...names].sort())
    expect(Object.keys(baselines)).toContain('20')
  })
})

describe('the gate', () => {
  it('notices an async function called for every wake-up', { timeout: 120_000 }, async () => {
    const { code, stdout } = await runGate('--only', 'switch', '--spellings', 'yield*', '--plant')
    expect(stdout).toMatch(/^SLOWER switch yield\*/m)
    expect(code).toBe(1)
  })

  it('lists what there is when a workload is not known', async () => {
    const { code, stderr } = await runGate('--only', 'swich')
    expect(stderr).toContain('unknown: swich. There are: task_spawn, ')
    expect(code).toBe(1)
  })

  it('does not take a slow-down for a baseline', async () => {
    const { code, stderr } = await runGate('--plant', '--update')
    expect(stderr).toContain('leave out --update')
    expect(code).toBe(1)
  })
})

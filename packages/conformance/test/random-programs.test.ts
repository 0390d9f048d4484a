import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compare } from '../src/random-programs/compare.ts'
import { describeDifference } from '../src/random-programs/describe-difference.ts'
import { generate } from '../src/random-programs/generate.ts'
import { WAITING } from '../src/random-programs/operations.ts'
import type { Oracle } from '../src/random-programs/oracle.ts'
import { runProgram } from '../src/random-programs/run-program.ts'
import { shrink } from '../src/random-programs/shrink.ts'
import { SYNC } from '../src/random-programs/world.ts'

const COMPILED_PROGRAMS = Number(process.env['COMPILED_PROGRAMS'] ?? 100)

/** Stands in for CPython: as long as it has no bug of its own, it agrees. */
const ourselves: Oracle = (programs) => programs.map(runProgram)

describe('random programs', () => {
  it('are made by their seed alone, and differ from one another', () => {
    expect(generate(7)).toEqual(generate(7))
    const programs = Array.from({ length: 50 }, (_, seed) => JSON.stringify(generate(seed)))
    expect(new Set(programs).size).toBe(50)
  })

  it('trace the same each time they run, to the end', () => {
    for (let seed = 0; seed < 50; seed++) {
      const trace = runProgram(generate(seed))
      expect(runProgram(generate(seed))).toBe(trace)
      expect(trace.split('\n').at(-1)).toMatch(/^\d+ idle /)
    }
  })

  it('use every statement', () => {
    const programs = Array.from({ length: 300 }, (_, seed) => JSON.stringify(generate(seed))).join()
    const used = new Set([...programs.matchAll(/"op":"(\w+)"/g)].map(([, op]) => op))
    expect([...used].sort()).toEqual([...SYNC, ...WAITING].sort())
  })

  it('have an interpreter in Python for every statement', () => {
    const python = readFileSync(new URL('../src/random-programs/interpret.py', import.meta.url), 'utf8')
    const methods = [...python.matchAll(/def (?:sync|do)_(\w+)\(/g)].map(([, op]) => op)
    expect(methods.sort()).toEqual([...SYNC, ...WAITING].sort())
  })

  it('agree with one who is right', () => {
    const { differences, steps } = compare(ourselves, 1, 100)
    expect(differences).toEqual([])
    expect(steps).toBeGreaterThan(3000)
  })

  it('do the same when their interpreter is compiled', async () => {
    const path = '../src/random-programs/run-program.ts?compiled'
    const compiled = ((await import(path)) as { runProgram: typeof runProgram }).runProgram
    expect(compiled).not.toBe(runProgram)
    const { differences, steps } = compare((programs) => programs.map(compiled), 1, COMPILED_PROGRAMS)
    expect(differences).toEqual([])
    expect(steps).toBeGreaterThan(COMPILED_PROGRAMS * 30)
  })

  it('find one who is wrong, and show the smallest program that does', () => {
    const wrong: Oracle = (programs) =>
      ourselves(programs).map((trace) => trace.replace(/gather -> .*/, 'gather -> []!'))
    const { differences } = compare(wrong, 1, 200, 1)
    const { program } = differences[0]!
    expect(program.defs.flat().filter((statement) => statement.op === 'gather')).toHaveLength(1)
    expect(program.defs.flat().length).toBeLessThan(3)
    expect(describeDifference(differences[0]!)).toMatch(/ py .*\n {2}ts |\n py .*\n ts /)
  })
})

describe('shrink', () => {
  it('leaves out statements, opens scopes and lowers numbers', () => {
    const program = generate(3)
    program.defs[0] = [
      { op: 'timeout', timeout: 1, seconds: 3, body: [{ op: 'raise' }, { op: 'sleep', seconds: 2 }] },
      { op: 'return' },
    ]
    const holdsSleep = (candidates: (typeof program)[]): boolean[] =>
      candidates.map(({ defs }) => JSON.stringify(defs).includes('"sleep"'))
    expect(shrink(program, holdsSleep).defs.flat()).toEqual([{ op: 'sleep', seconds: 0 }])
  })
})

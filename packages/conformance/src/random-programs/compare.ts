import { generate } from './generate.ts'
import type { Oracle } from './oracle.ts'
import type { Program } from './program.ts'
import { runProgram } from './run-program.ts'
import { shrink } from './shrink.ts'

/** A random program whose traces differ, made as small as it goes. */
export interface Difference {
  seed: number
  program: Program
  expected: string
  actual: string
}

export interface Comparison {
  differences: Difference[]
  /** How many lines of trace were compared. */
  steps: number
}

/** Programs a call: each call into Python has a cost, and progress is to be seen. */
const BATCH = 100

/** Runs the random programs of seeds `first` to `first + count - 1` on both sides. */
export function compare(oracle: Oracle, first: number, count: number, mostDifferences = 3): Comparison {
  const differences: Difference[] = []
  let steps = 0
  for (let start = 0; start < count && differences.length < mostDifferences; start += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, count - start) }, (_, i) => first + start + i)
    const programs = seeds.map((seed) => generate(seed))
    const expected = oracle(programs)
    for (const [i, program] of programs.entries()) {
      steps += expected[i]!.split('\n').length
      if (comparable(traceOf(program)) === comparable(expected[i]!) || differences.length >= mostDifferences) continue
      differences.push(describe(oracle, seeds[i]!, program))
    }
  }
  return { differences, steps }
}

function describe(oracle: Oracle, seed: number, program: Program): Difference {
  const smallest = shrink(program, (programs) => {
    const expected = oracle(programs)
    return programs.map((candidate, i) => comparable(traceOf(candidate)) !== comparable(expected[i]!))
  })
  return { seed, program: smallest, expected: oracle([smallest])[0]!, actual: traceOf(smallest) }
}

function traceOf(program: Program): string {
  try {
    return runProgram(program)
  } catch (error) {
    return `crashed: ${(error as Error).stack}`
  }
}

/**
 * Leaves out what differs on purpose: when the late error of a shielded future is reported, the places that a barrier
 * hands out after a cancel, and the timer of an `asCompleted` that was left, which keeps CPython's loop from being idle.
 */
function comparable(trace: string): string {
  return trace
    .split('\n')
    .filter((line) => !line.endsWith(' handler'))
    .map((line) => line.replace(/ waitBarrier -> \d+$/, ' waitBarrier').replace(/^\S+ idle /, 'idle '))
    .join('\n')
}

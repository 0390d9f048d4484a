import { compare } from '../random-programs/compare.ts'
import { describeDifference } from '../random-programs/describe-difference.ts'
import { loadOracle } from '../random-programs/oracle.ts'
import type { Check } from './check.ts'

/** Runs random programs on both sides; the seed is in the table, to run them again. */
export async function checkRandomPrograms(seed: number, count: number): Promise<Check> {
  const { differences, steps } = compare(await loadOracle(), seed, count)
  return {
    name: 'random programs',
    total: count,
    passed: count - differences.length,
    note: `${steps} lines of trace; --seed ${seed}`,
    failures: differences.map(describeDifference),
  }
}

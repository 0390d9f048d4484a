// Runs random programs on CPython and on asyncio-ts, and shows those whose traces differ, made as small as they go.
//
//   npm run random -w packages/conformance                       10,000 programs from a seed of the day
//   npm run random -w packages/conformance -- --count 200 --seed 7
import { parseArgs } from 'node:util'
import { compare } from './compare.ts'
import { describeDifference } from './describe-difference.ts'
import { loadOracle } from './oracle.ts'

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const count = Number(values.count ?? 10_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const start = performance.now()
const { differences, steps } = compare(await loadOracle(), seed, count)
for (const difference of differences) console.log(describeDifference(difference))
const seconds = ((performance.now() - start) / 1000).toFixed(1)
const verdict = differences.length === 0 ? 'all the same' : `${differences.length} or more differ`
console.log(`${count} random programs from seed ${seed}, ${steps} lines of trace: ${verdict} (${seconds} s)`)
process.exitCode = differences.length === 0 ? 0 : 1

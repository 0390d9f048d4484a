// Everything that shows that asyncio-ts does what CPython does, in one table.
//
//   npm run conformance                              all of it
//   npm run conformance -- --only cases,random       some: cases, random, cpython, intent, surface
//   npm run conformance -- --seed 7 --count 1000     other random programs
//   npm run conformance -- --require-cpython-tests   fails where CPython's own tests cannot be had
import { parseArgs } from 'node:util'
import { checkCases } from './check-cases.ts'
import { checkCpythonTests } from './check-cpython-tests.ts'
import { checkIntent } from './check-intent.ts'
import { checkRandomPrograms } from './check-random-programs.ts'
import { checkSurface } from './check-surface.ts'
import type { Check } from './check.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string' },
    'require-cpython-tests': { type: 'boolean' },
  },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)

const checks: Record<string, () => Check[] | Promise<Check[]>> = {
  cases: checkCases,
  random: async () => [await checkRandomPrograms(seed, Number(values.count ?? 200))],
  cpython: async () => [await checkCpythonTests(values['require-cpython-tests'] === true)],
  intent: () => [checkIntent()],
  surface: () => [checkSurface()],
}

const chosen = values.only?.split(',') ?? Object.keys(checks)
const results: Check[] = []
for (const name of chosen) {
  const check = checks[name]
  if (check === undefined) throw new Error(`There is no check ${name}: choose of ${Object.keys(checks).join(', ')}.`)
  try {
    results.push(...(await check()))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    results.push({ name, total: 0, passed: 0, note: 'did not run', failures: [`${name}: ${message}`] })
  }
}

const rows = results.map(({ name, total, passed, note }) => [name, total, passed, note])
const table = [['', 'total', 'passed', ''], ...rows]
const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => String(row[column]).length)))
for (const [name, ...counts] of table) {
  const note = counts.pop()
  const cells = counts.map((count, i) => String(count).padStart(widths[i + 1]!))
  console.log(`${[String(name).padEnd(widths[0]!), ...cells, note].join('  ')}`.trimEnd())
}
const failures = results.flatMap((check) => check.failures)
for (const failure of failures) console.log(`failed: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

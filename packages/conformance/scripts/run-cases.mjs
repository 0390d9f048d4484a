// Runs the cases and prints a table: for each module how many cases there are, and how many pass in each spelling.
//
//   npm run cases -w packages/conformance             the table
//   npm run cases -w packages/conformance -- --json   the sums and the failures, for the report on everything
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'

const cases = fileURLToPath(new URL('../cases', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))

// The configuration lists the packages from where it is.
process.chdir(root)
const vitest = await startVitest('test', ['cases.test.ts'], {
  root,
  project: ['conformance'],
  watch: false,
  reporters: [{}],
})

const modules = new Map()
const failures = []
for (const file of vitest.state.getTestModules()) {
  for (const error of file.errors()) failures.push(`${file.moduleId}: ${error.message}`)
  for (const test of file.children.allTests()) {
    const id = test.parent.name
    // A test of the list of cases belongs to no case.
    if (id === undefined) {
      if (test.result().state !== 'passed') failures.push(test.name)
      continue
    }
    if (test.name.endsWith('compiled')) {
      if (test.result().state !== 'passed') failures.push(`${id}, compiled`)
      continue
    }
    const module = id.split('/')[0]
    const spelling = test.name.endsWith('yield*') ? 'yield*' : 'await'
    const row = modules.get(module) ?? { ids: new Set(), passed: { 'yield*': 0, await: 0 }, own: 0, known: 0 }
    modules.set(module, row)
    const has = (name) => existsSync(join(cases, id, name))
    const isNew = !row.ids.has(id)
    row.ids.add(id)
    if (isNew && has('trace.async.txt')) row.own++
    if (isNew && has('known-failure.txt')) row.known++
    if (test.result().state === 'passed') row.passed[spelling] += has('known-failure.txt') ? 0 : 1
    else failures.push(`${id}, with ${spelling}`)
  }
}
await vitest.close()

const rows = [...modules]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([module, { ids, passed, own, known }]) => [module, ids.size, passed['yield*'], passed.await, own, known])
const total = rows.reduce((sums, row) => sums.map((sum, i) => (i === 0 ? sum : sum + row[i])), ['all', 0, 0, 0, 0, 0])
if (process.argv.includes('--json')) {
  const [, cases, generators, asyncs, , known] = total
  console.log(JSON.stringify({ cases, generators, asyncs, known, failures }))
} else print([['module', 'cases', 'yield*', 'await', 'own trace', 'known'], ...rows, total])
process.exitCode = failures.length > 0 || rows.length === 0 ? 1 : 0

function print(table) {
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => String(row[i]).length)))
  for (const row of table) {
    console.log(row.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](widths[i])).join('  '))
  }
  console.log(
    '\nown trace: of the cases that pass with await, those whose order inside a turn differs, for a written reason',
  )
  console.log('known: cases that fail, for a reason that is written beside them')
  for (const failure of failures) console.log(`failed: ${failure}`)
}

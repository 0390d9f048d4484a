// Writes docs/cpython-tests.md: CPython's tests, and the cases and tests here that ask for the same.
//
//   npm run intent -w packages/conformance
//   npm run intent -w packages/conformance -- --check   fails when the page is not up to date; writes nothing
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { findTests } from '../cpython-tests/find-tests.ts'
import { checkNames } from './check-names.ts'
import { countIntents, intentPage } from './intent-page.ts'
import { exists, readIntents } from './read-intent.ts'

const PAGE = new URL('../../../../docs/cpython-tests.md', import.meta.url)

const intents = readIntents()
const page = intentPage(intents)
const tests = findTests()
const wrong = intents
  .filter(({ witness }) => !exists(witness))
  .map(({ module, test }) => `${module} ${test} names something that is not there`)
if ('folder' in tests) wrong.push(...checkNames(intents, tests.folder))
else console.log(`The names are not compared with CPython's files: ${tests.reason}`)
if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
  wrong.push('docs/cpython-tests.md is not up to date: npm run intent -w packages/conformance')
}
for (const message of wrong) console.error(message)
console.log(countIntents(intents))
process.exitCode = wrong.length > 0 ? 1 : 0

// Runs CPython's own tests on asyncio-ts's loop, and on CPython's beside it.
//
//   npm run cpython-tests -w packages/conformance                  the modules of compare.ts
//   npm run cpython-tests -w packages/conformance -- test_locks    some
import { compareLoops, MODULES } from './compare.ts'
import { findTests } from './find-tests.ts'

const modules = process.argv.slice(2)
const tests = findTests()
if ('reason' in tests) {
  console.error(`CPython's tests cannot run: ${tests.reason}.`)
  process.exitCode = 1
} else {
  const start = performance.now()
  const { failures, ...counts } = await compareLoops(tests.folder, modules.length > 0 ? modules : MODULES)
  for (const failure of failures) console.log(`failed: ${failure}`)
  console.log(counts, `${((performance.now() - start) / 1000).toFixed(0)} s`)
  process.exitCode = failures.length > 0 ? 1 : 0
}

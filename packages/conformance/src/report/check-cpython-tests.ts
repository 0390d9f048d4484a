import { compareLoops, MODULES } from '../cpython-tests/compare.ts'
import { findTests } from '../cpython-tests/find-tests.ts'
import type { Check } from './check.ts'

/** Runs CPython's own tests on our loop, where they can be had. */
export async function checkCpythonTests(required: boolean): Promise<Check> {
  const tests = findTests()
  const name = "CPython's own tests"
  if ('reason' in tests) {
    const failures = required ? [`${name} are required: ${tests.reason}`] : []
    return { name, total: 0, passed: 0, note: `not run: ${tests.reason}`, failures }
  }
  const { total, passed, failedAlike, skipped, touched, failures } = await compareLoops(tests.folder, MODULES)
  const note = `${failedAlike} fail as on CPython's loop, ${skipped} skipped; ${touched} made our loop turn`
  return { name, total, passed, note, failures }
}

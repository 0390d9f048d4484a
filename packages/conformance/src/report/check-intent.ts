import { countIntents } from '../intent/intent-page.ts'
import { exists, readIntents } from '../intent/read-intent.ts'
import type { Check } from './check.ts'

/** Counts for how many of CPython's tests a case or a test here asks for the same. */
export function checkIntent(): Check {
  const intents = readIntents()
  const counts = countIntents(intents)
  const missing = intents.filter(({ witness }) => !exists(witness))
  return {
    name: "CPython's tests, said anew",
    total: intents.length,
    passed: counts.case + counts.test - missing.length,
    note: `${counts['not applicable']} do not apply, ${counts['not covered']} not covered yet`,
    failures: missing.map(({ module, test }) => `${module} ${test} names something that is not there`),
  }
}

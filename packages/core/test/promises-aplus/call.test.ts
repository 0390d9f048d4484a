import { it } from 'vitest'
import { callsMade } from './calls.compiled.ts'
import { passSuite } from './run-suite.ts'

it('a call of a compiled function is a promise as Promises/A+ has it', { timeout: 120_000 }, () =>
  passSuite(callsMade((call) => call())),
)

import { expect, test } from 'vitest'
import * as subprocess from '../src/index.ts'

test('subprocess exports these names, and no others', () => {
  expect(Object.keys(subprocess).sort()).toMatchInlineSnapshot(`
    [
      "CalledProcessError",
      "DEVNULL",
      "OutputLimitError",
      "PIPE",
      "Process",
      "ProcessLookupError",
      "STDOUT",
      "TimeoutExpired",
      "createSubprocessExec",
      "createSubprocessShell",
      "runProcess",
    ]
  `)
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { intentPage } from '../src/intent/intent-page.ts'
import { exists, readIntents } from '../src/intent/read-intent.ts'

describe('docs/cpython-tests.md', () => {
  const intents = readIntents()

  it('is what `npm run intent -w packages/conformance` writes', () => {
    const page = new URL('../../../docs/cpython-tests.md', import.meta.url)
    expect(readFileSync(page, 'utf8')).toBe(intentPage(intents))
  })

  it('names cases and tests that are there', () => {
    const missing = intents.filter(({ witness }) => !exists(witness)).map(({ module, test }) => `${module} ${test}`)
    expect(missing).toEqual([])
  })

  it('has each test of CPython once, and says why where one does not apply', () => {
    const names = intents.map(({ module, test }) => `${module} ${test}`)
    expect(new Set(names).size).toBe(names.length)
    for (const { witness } of intents) {
      if (witness.kind === 'not applicable') expect(witness.reason).toMatch(/^[A-Z`].{10,}\.$/)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { Evidence } from '../src/surface/evidence.ts'
import { readPage, renderPage } from '../src/surface/page-file.ts'
import { surface } from '../src/surface/surface.ts'

describe('docs/compatibility.md', () => {
  it('is what `npm run surface -w packages/conformance` writes', () => {
    expect(renderPage({ fillsGaps: false }).page).toBe(readPage())
  })

  it('has a row for each name and member, with a reason where there is nothing here', () => {
    const rows = surface(new Evidence(readPage(), false))
    expect(rows.length).toBeGreaterThan(380)
    expect(new Set(rows.map((row) => row.python)).size).toBe(rows.length)
    for (const row of rows) expect(row.ours !== null || row.note !== '', row.python).toBe(true)
  })
})

import { summarize } from '../surface/compatibility-page.ts'
import { readPage, renderPage } from '../surface/page-file.ts'
import type { Check } from './check.ts'

/** Counts which names of CPython's asyncio are here, and holds the page that says so up to date. */
export function checkSurface(): Check {
  const { rows, page } = renderPage({ fillsGaps: false })
  const { total, there, explained, missing, shown } = summarize(rows)
  const isCurrent = readPage() === page
  return {
    name: 'names and members',
    total,
    passed: there,
    note: `${shown} shown by a case or a test; ${explained} not here for a reason, ${missing} not yet`,
    failures: isCurrent ? [] : ['docs/compatibility.md is not up to date: npm run surface -w packages/conformance'],
  }
}

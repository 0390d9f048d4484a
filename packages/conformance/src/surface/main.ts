// Writes docs/compatibility.md.
//
//   npm run surface -w packages/conformance
//   npm run surface -w packages/conformance -- --check    fails when the page is not up to date; writes nothing
//   npm run surface -w packages/conformance -- --record   asks CPython again for its names first
import { readFileSync, writeFileSync } from 'node:fs'
import { loadPyodide } from 'pyodide'
import { summarize } from './compatibility-page.ts'
import { readPage, renderPage, writePage } from './page-file.ts'

if (process.argv.includes('--record')) {
  const python = await loadPyodide()
  python.runPython(readFileSync(new URL('introspect.py', import.meta.url), 'utf8'))
  const record = python.runPython('surface()') as string
  writeFileSync(new URL('../../surface/cpython-3.14.json', import.meta.url), `${record}\n`)
}
const check = process.argv.includes('--check')
const { rows, page } = renderPage({ fillsGaps: !check })
if (!check) writePage(page)
else if (readPage() !== page) {
  console.error('docs/compatibility.md is not up to date: npm run surface -w packages/conformance')
  process.exitCode = 1
}
console.log(summarize(rows))
for (const { python } of rows.filter((row) => row.state === 'missing')) console.log(`missing: ${python}`)

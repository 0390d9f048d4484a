import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mergeResults } from '../results.ts'
import type { Results } from '../results.ts'
import type { Chapter } from '../workload.ts'
import { barChart } from './bar-chart.ts'
import { chapters } from './chapters.ts'
import { growthChart } from './growth-chart.ts'
import { majorOf, page, rowsOf } from './page.ts'

const docs = fileURLToPath(new URL('../../../../docs', import.meta.url))
const folder = join(docs, 'benchmarks')

const read = (file: string): Results => JSON.parse(readFileSync(file, 'utf8')) as Results

function drawCharts(results: Results): void {
  const charts = join(folder, `node-${majorOf(results)}`)
  mkdirSync(charts, { recursive: true })
  for (const [chapter, title] of Object.entries(chapters) as [Chapter, string][]) {
    const rows = rowsOf(results, chapter)
    if (rows.length === 0) continue
    const draw = chapter === 'growth' ? growthChart : barChart
    writeFileSync(join(charts, `${chapter}.svg`), draw(title, rows))
  }
}

/** Puts what a run has found beside what earlier runs did with the same release of Node, and writes the page anew. */
export function updateDocs(found: Results): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `node-${majorOf(found)}.json`)
  const merged = mergeResults(existsSync(file) ? read(file) : undefined, found)
  writeFileSync(file, `${JSON.stringify(merged, null, 1)}\n`)
  drawCharts(merged)
  const runtimes = readdirSync(folder).filter((name) => /^node-\d+\.json$/.test(name))
  runtimes.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  writeFileSync(join(docs, 'benchmarks.md'), page(runtimes.map((name) => read(join(folder, name)))))
}

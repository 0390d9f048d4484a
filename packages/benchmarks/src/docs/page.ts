import { catalogue } from '../catalogue.ts'
import { reportRatios, reportWorkload } from '../report.ts'
import type { Row } from '../report.ts'
import type { Results } from '../results.ts'
import type { Chapter, Workload } from '../workload.ts'
import { chapters } from './chapters.ts'
import { startLine, targetTable } from './target-table.ts'

/** The workloads of a chapter that were measured, in the order of the catalogue. */
export function rowsOf({ results }: Results, chapter?: Chapter): (readonly [Workload, Row])[] {
  return catalogue
    .filter((workload) => chapter === undefined || workload.chapter === chapter)
    .flatMap((workload) => (results[workload.name] === undefined ? [] : [[workload, results[workload.name]!] as const]))
}

const preface = `# Benchmarks

asyncio-ts beside what one might pick instead. \`yield*\` is ours in generator coroutines, \`await\` ours in async functions.

This page is generated from a real run by \`npm run bench -- --docs\`; \`packages/benchmarks/README.md\` says what each
workload does and what it leaves out, and the programs of all peers stand side by side in its \`src/workloads\`.

**How far to trust it.** The figures are from a small machine that was busy with other things: the load at the start of the
last run stands beside its processor. Every program ran in processes of its own that took turns with those of its peers; a
figure is the median of them, with the lowest and the highest beside it. What happens in one process is counted by the
second of processor time (\`per CPU second\`), which other programs take little from. Programs, pools, fairness and start
are timed by the clock: on a busy machine their spread is wide, and their ratios say little. The same code moves by a fifth
between runs: call a ratio below 1.3 equal, and compare within one table, never across two: chapters may be from different
runs.

Not every peer gives the same guarantees: \`floor\` runs in microtasks, keeps the host from its I/O while it does, and is no
rival; \`native\` is what one writes by hand with promises and Node's own modules, and cannot be cancelled.
`

function machineOf({ machine, date }: Results): string {
  return `${date} · ${Object.entries(machine)
    .map((entry) => entry.join(' '))
    .join(' · ')}\n`
}

function chapterOf(results: Results, chapter: Chapter, folder: string): string {
  const rows = rowsOf(results, chapter)
  if (rows.length === 0) return ''
  const chart = `![${chapters[chapter]}](${folder}/${chapter}.svg)\n`
  const tables = rows.map(([workload, row]) => reportWorkload(workload, row).replace(/^###/, '####'))
  return `### ${chapters[chapter]}\n\n${chart}\n<details><summary>Figures</summary>\n\n${tables.join('\n')}\n</details>\n`
}

/** What one runtime is compared with. */
function runtimeOf(results: Results, folder: string): string {
  const all = Object.keys(chapters) as Chapter[]
  return [
    `## Node ${majorOf(results)}\n\n${machineOf(results)}`,
    `### Targets\n\n${targetTable(results)}\n\n${startLine(results)}`,
    reportRatios(rowsOf(results)),
    ...all.map((chapter) => chapterOf(results, chapter, folder)),
  ].join('\n')
}

/** The number that names a release of Node. */
export const majorOf = ({ machine }: Results): string => machine['node']!.replace(/^v(\d+)\..*$/, '$1')

/** The whole page, for the runtimes that were measured. */
export function page(runtimes: readonly Results[]): string {
  const parts = runtimes.map((results) => runtimeOf(results, `benchmarks/node-${majorOf(results)}`))
  return [preface, ...parts].join('\n')
}

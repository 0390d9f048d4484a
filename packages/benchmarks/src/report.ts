import { spellings } from './peers.ts'
import { higherIsBetter, ratioOf } from './ratio.ts'
import type { Summary } from './summary.ts'
import type { Measure, Workload } from './workload.ts'

/** The summaries of one workload by the peer's label. */
export type Row = Readonly<Record<string, Summary>>

export const units: Readonly<Record<Measure, string>> = {
  rate: 'per second',
  'cpu-rate': 'per CPU second',
  memory: 'bytes each',
  latency: 'µs, median',
  startup: 'ms',
}

const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [tableRow(head), tableRow(head.map(() => '---')), ...rows.map(tableRow)].join('\n')

export function formatNumber(value: number): string {
  if (Math.abs(value) >= 1e6) return `${(value / 1e6).toFixed(2)}M`
  if (Math.abs(value) >= 1e4) return `${(value / 1e3).toFixed(0)}K`
  if (Math.abs(value) >= 1e3) return `${(value / 1e3).toFixed(1)}K`
  return value.toFixed(value < 10 ? 1 : 0)
}

/** How many times better ours is than the peer, as the tables say it; empty where ours has not been measured. */
function formatRatio(measure: Measure, mine: Summary | undefined, peer: Summary): string {
  if (mine === undefined) return ''
  const ratio = ratioOf(measure, mine, peer)
  return `x${ratio.toFixed(ratio < 10 ? 2 : 1)}`
}

/** What one operation takes, for rates. */
function each({ median }: Summary): string {
  const seconds = 1 / median
  return seconds < 1e-6 ? `${formatNumber(seconds * 1e9)} ns` : `${(seconds * 1e6).toFixed(1)} µs`
}

/** One workload: a line a peer. */
export function reportWorkload(workload: Workload, row: Row): string {
  const { name, text, measure } = workload
  const rates = higherIsBetter(measure)
  const extras = [...new Set(Object.values(row).flatMap((summary) => Object.keys(summary.extras)))]
  const head = ['peer', units[measure], 'spread', ...(rates ? ['each'] : []), ...extras]
  const lines = Object.entries(row).map(([label, summary]) => [
    summary.n === workload.n ? label : `${label} (n ${formatNumber(summary.n)})`,
    formatNumber(summary.median),
    `${formatNumber(summary.low)}..${formatNumber(summary.high)}`,
    ...(rates ? [each(summary)] : []),
    ...extras.map((extra) => (summary.extras[extra] === undefined ? '' : formatNumber(summary.extras[extra]))),
    ...spellings.map((spelling) => formatRatio(measure, row[spelling.label], summary)),
  ])
  return `### ${name}: ${text}\n\n${table([...head, ...spellings.map(({ label }) => `\`${label}\``)], lines)}\n`
}

/** All the workloads: how many times better ours is than each peer, for each spelling. */
export function reportRatios(rows: readonly (readonly [Workload, Row])[]): string {
  const ours = spellings.map(({ label }) => label)
  const labels = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))].filter((label) => !ours.includes(label))
  const lines = rows.map(([{ name, measure }, row]) => [
    name,
    ...ours.map((label) => (row[label] === undefined ? '' : formatNumber(row[label].median))),
    ...labels.map((label) => {
      const peer = row[label]
      return peer === undefined ? '' : ours.map((mine) => formatRatio(measure, row[mine], peer) || '-').join(' / ')
    }),
  ])
  const order = ours.map((label) => `\`${label}\``).join(' / ')
  return `### Ours against each: ${order}, above 1 is better\n\n${table(['workload', ...ours, ...labels], lines)}\n`
}

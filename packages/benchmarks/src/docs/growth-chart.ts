import { spellings } from '../peers.ts'
import { formatNumber } from '../report.ts'
import type { Row } from '../report.ts'
import type { Workload } from '../workload.ts'
import { escapeXml } from './escape-xml.ts'

const size = { width: 720, height: 260, left: 60, right: 110, top: 30, bottom: 30 }
const strokes = ['#64748b', '#d97706', '#16a34a', '#9333ea', '#dc2626', '#0891b2', '#a16207', '#be185d']
const mine = spellings.map(({ label }) => label)

interface Line {
  readonly label: string
  /** Operations at a time, and what one of them takes in nanoseconds. */
  readonly points: readonly (readonly [n: number, nanoseconds: number])[]
}

function linesOf(rows: readonly (readonly [Workload, Row])[]): Line[] {
  const labels = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))]
  return labels.map((label) => ({
    label,
    points: rows.flatMap(([{ n }, row]) => (row[label] === undefined ? [] : [[n, 1e9 / row[label].median] as const])),
  }))
}

interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

/** A scale of powers of ten between two places. */
function logScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9)
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9))
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))
  return { at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from), ticks }
}

function strokeOf(label: string, i: number): string {
  return mine.includes(label) ? '#2563eb' : strokes[i % strokes.length]!
}

/** The names beside the ends of the lines, moved apart where they would overlap. */
function placeLabels(ends: readonly { label: string; y: number }[]): Map<string, number> {
  const placed = new Map<string, number>()
  let last = -Infinity
  for (const { label, y } of ends.toSorted((a, b) => a.y - b.y)) {
    last = Math.max(y, last + 12)
    placed.set(label, last)
  }
  return placed
}

/** One family of workloads: how what one operation takes grows with how many there are, both in powers of ten. */
function panel(caption: string, rows: readonly (readonly [Workload, Row])[], top: number): string {
  const lines = linesOf(rows).filter(({ points }) => points.length > 1)
  const points = lines.flatMap((line) => line.points)
  const x = logScale(
    points.map(([n]) => n),
    size.left,
    size.width - size.right,
  )
  const y = logScale(
    points.map(([, each]) => each),
    top + size.height - size.bottom,
    top + size.top,
  )
  const endOf = ({ points: ends }: Line): readonly [number, number] => ends.at(-1)!
  const names = placeLabels(lines.map((line) => ({ label: line.label, y: y.at(endOf(line)[1]) + 4 })))
  const grid = [
    ...x.ticks.map(
      (n) => `<text x="${x.at(n)}" y="${top + size.height - 12}" text-anchor="middle">${formatNumber(n)}</text>`,
    ),
    ...y.ticks.map((each) => {
      const at = y.at(each).toFixed(1)
      const rule = `<line x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}" stroke="#e2e8f0"/>`
      return `${rule}<text x="${size.left - 6}" y="${at}" text-anchor="end">${formatNumber(each)} ns</text>`
    }),
  ]
  const drawn = lines.map((line, i) => {
    const path = line.points.map(([n, each]) => `${x.at(n).toFixed(1)},${y.at(each).toFixed(1)}`).join(' ')
    const stroke = strokeOf(line.label, i)
    const dash = line.label === 'await' ? ' stroke-dasharray="6 3"' : ''
    const thick = mine.includes(line.label) ? 2.5 : 1.3
    const name = `<text x="${x.at(endOf(line)[0]) + 6}" y="${names.get(line.label)!.toFixed(1)}" fill="${stroke}">${escapeXml(line.label)}</text>`
    return `<polyline points="${path}" fill="none" stroke="${stroke}" stroke-width="${thick}"${dash}/>${name}`
  })
  return [
    `<text x="4" y="${top + 16}" font-size="13" font-weight="bold">${escapeXml(caption)}</text>`,
    ...grid,
    ...drawn,
  ].join('\n')
}

const familyOf = ({ name }: Workload): string => name.replace(/_[^_]*$/, '')

/** A drawing of the families, one below the other. */
export function growthChart(title: string, rows: readonly (readonly [Workload, Row])[]): string {
  const families = [...new Set(rows.map(([workload]) => familyOf(workload)))]
  const height = size.height * families.length
  const panels = families.map((family, i) => {
    const members = rows.filter(([workload]) => familyOf(workload) === family)
    return panel(`${family}: what each takes, by how many there are`, members, i * size.height)
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${size.width}" height="${height}" fill="#ffffff"/>`,
    '<g fill="#0f172a">',
    ...panels,
    '</g>',
    '</svg>\n',
  ].join('\n')
}

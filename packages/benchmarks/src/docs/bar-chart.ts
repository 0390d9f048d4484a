import { spellings } from '../peers.ts'
import { higherIsBetter } from '../ratio.ts'
import { formatNumber, units } from '../report.ts'
import type { Row } from '../report.ts'
import type { Workload } from '../workload.ts'
import { escapeXml } from './escape-xml.ts'

/** Sizes in the units of the drawing. */
const size = { width: 720, label: 120, value: 70, bar: 14, gap: 4, title: 26, below: 16 }
const colours = { ours: '#2563eb', peer: '#94a3b8', floor: '#cbd5e1' }
const mine = new Set(spellings.map(({ label }) => label))
const floors = new Set(['floor', 'bare-node', 'bare-python'])

function colourOf(label: string): string {
  if (mine.has(label)) return colours.ours
  return floors.has(label) ? colours.floor : colours.peer
}

/** One workload: a bar a peer, the best first. */
function panel({ name, text, measure }: Workload, row: Row, top: number): { svg: string; height: number } {
  const better = higherIsBetter(measure) ? -1 : 1
  const bars = Object.entries(row).sort(([, a], [, b]) => better * (a.median - b.median))
  const longest = Math.max(...bars.map(([, { median }]) => median))
  const room = size.width - size.label - size.value
  const lines = bars.map(([label, { median }], i) => {
    const y = top + size.title + i * (size.bar + size.gap)
    const length = Math.max(1, (median / longest) * room)
    const baseline = y + size.bar - 3
    const weight = mine.has(label) ? ' font-weight="bold"' : ''
    return [
      `<text x="${size.label - 6}" y="${baseline}" text-anchor="end"${weight}>${escapeXml(label)}</text>`,
      `<rect x="${size.label}" y="${y}" width="${length.toFixed(1)}" height="${size.bar}" fill="${colourOf(label)}"/>`,
      `<text x="${(size.label + length + 6).toFixed(1)}" y="${baseline}">${formatNumber(median)}</text>`,
    ].join('\n')
  })
  const direction = higherIsBetter(measure) ? 'longer is better' : 'shorter is better'
  const caption = `<text x="4" y="${top + 16}" font-size="13" font-weight="bold">${escapeXml(name)}</text>`
  const legend = `<text x="${size.width - 4}" y="${top + 16}" text-anchor="end">${escapeXml(text)}, ${units[measure]}, ${direction}</text>`
  const height = size.title + bars.length * (size.bar + size.gap) + size.below
  return { svg: [caption, legend, ...lines].join('\n'), height }
}

/** A drawing of several workloads, one below the other. */
export function barChart(title: string, rows: readonly (readonly [Workload, Row])[]): string {
  const panels: string[] = []
  let top = 4
  for (const [workload, row] of rows) {
    const { svg, height } = panel(workload, row, top)
    panels.push(svg)
    top += height
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${top}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${size.width}" height="${top}" fill="#ffffff"/>`,
    '<g fill="#0f172a">',
    ...panels,
    '</g>',
    '</svg>\n',
  ].join('\n')
}

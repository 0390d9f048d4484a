import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/catalogue.ts'
import { barChart } from '../src/docs/bar-chart.ts'
import { growthChart } from '../src/docs/growth-chart.ts'
import { page, rowsOf } from '../src/docs/page.ts'
import { startLine, targetTable } from '../src/docs/target-table.ts'
import { targets } from '../src/docs/targets.ts'
import { peers } from '../src/peers.ts'
import type { Row } from '../src/report.ts'
import type { Results } from '../src/results.ts'
import { summarize } from '../src/summary.ts'

const row = (values: Readonly<Record<string, number>>): Row =>
  Object.fromEntries(Object.entries(values).map(([label, value]) => [label, summarize(1, [{ value }])]))
const found = (results: Results['results']): Results => ({
  date: '2026-01-01',
  machine: { node: 'v20.20.2' },
  results,
  failures: [],
})

describe('the targets', () => {
  it('name workloads and peers that exist', () => {
    const known = new Set(catalogue.map(({ name }) => name))
    const labels = new Set(peers.map(({ label }) => label))
    expect(targets.filter(({ workload, peer }) => !known.has(workload) || !labels.has(peer))).toEqual([])
  })

  it('are reached, nearly reached, or not', () => {
    const lines = targetTable(found({ queue_pipe: row({ 'yield*': 125, native: 100 }) })).split('\n')
    expect(lines.at(-1)).toBe('| `queue_pipe` | `yield*` | native | x1.3 | x1.25 | nearly |')
    expect(targetTable(found({ queue_pipe: row({ 'yield*': 100, native: 100 }) }))).toMatch(/\*\*no\*\* \|$/)
    expect(targetTable(found({ queue_pipe: row({ 'yield*': 130, native: 100 }) }))).toMatch(/yes \|$/)
  })

  it('of which one side was not measured are left out', () => {
    expect(targetTable(found({ queue_pipe: row({ native: 1 }) })).split('\n')).toHaveLength(2)
  })

  it('of the start are milliseconds over a bare Node', () => {
    expect(startLine(found({ startup: row({ 'yield*': 50, 'bare-node': 42.5 }) }))).toContain('take 7.5 ms over')
    expect(startLine(found({}))).toBe('')
  })
})

describe('the page', () => {
  const results = found({ switch: row({ 'yield*': 8e6, asyncio: 1e6 }), echo_1: row({ native: 5e4 }) })

  it('has a chapter for what was measured, and no other', () => {
    const text = page([results])
    expect(text.match(/^##+ .*/gm)!.filter((line) => !line.startsWith('####'))).toEqual([
      '## Node 20',
      '### Targets',
      '### Ours against each: `yield*` / `compiled` / `await`, above 1 is better',
      '### Tasks, queues and timers',
      '### Network',
    ])
    expect(text).toContain('![Network](benchmarks/node-20/network.svg)')
  })

  it('lists workloads in the order of the catalogue', () => {
    expect(rowsOf(results).map(([{ name }]) => name)).toEqual(['switch', 'echo_1'])
  })
})

describe('the charts', () => {
  it('draw a bar a peer, the best first and as long as its figure', () => {
    const svg = barChart('A & B', rowsOf(found({ switch: row({ asyncio: 1e6, 'yield*': 4e6 }) })))
    expect(svg).toContain('<title>A &amp; B</title>')
    expect(svg.indexOf('>yield*<')).toBeLessThan(svg.indexOf('>asyncio<'))
    const [best, other] = [...svg.matchAll(/<rect x="120" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width))
    expect(best! / other!).toBeCloseTo(4)
  })

  it('put the shortest first where less is better', () => {
    const svg = barChart('x', rowsOf(found({ memory: row({ asyncio: 900, 'yield*': 600 }) })))
    expect(svg.indexOf('>yield*<')).toBeLessThan(svg.indexOf('>asyncio<'))
  })

  it('draw growth as a line a peer, flat where the cost does not grow', () => {
    const sizes = ['tasks_1k', 'tasks_10k', 'tasks_100k']
    const rows = rowsOf(found(Object.fromEntries(sizes.map((name) => [name, row({ 'yield*': 1e6 })]))))
    const svg = growthChart('x', rows)
    const points = svg
      .match(/points="([^"]+)"/)![1]!
      .split(' ')
      .map((point) => point.split(',').map(Number))
    expect(points).toHaveLength(3)
    expect(new Set(points.map(([, y]) => y)).size).toBe(1)
    expect(points[2]![0]! - points[1]![0]!).toBeCloseTo(points[1]![0]! - points[0]![0]!)
    expect(svg).not.toMatch(/NaN|Infinity/)
  })

  it('leave out a peer that was measured at one size only', () => {
    const rows = rowsOf(found({ tasks_1k: row({ 'yield*': 1e6, effection: 1e4 }), tasks_10k: row({ 'yield*': 1e6 }) }))
    expect(growthChart('x', rows)).not.toContain('effection')
  })
})

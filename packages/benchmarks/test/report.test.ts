import { describe, expect, it } from 'vitest'
import { median } from '../src/median.ts'
import { ratioOf } from '../src/ratio.ts'
import { formatNumber, reportRatios, reportWorkload } from '../src/report.ts'
import { mergeResults } from '../src/results.ts'
import type { Results } from '../src/results.ts'
import { summarize } from '../src/summary.ts'
import type { Summary } from '../src/summary.ts'
import type { Measure, Workload } from '../src/workload.ts'

const summary = (value: number, n = 10): Summary => summarize(n, [{ value }])
const workload = (measure: Measure): Workload => ({
  name: 'one',
  chapter: 'scheduler',
  text: 'things done',
  measure,
  n: 10,
  quick: 1,
})

describe('median', () => {
  it('is the value in the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5)
  })

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 9])).toBe(3)
  })
})

describe('summarize', () => {
  it('keeps the middle, the lowest and the highest, and the middle of each extra', () => {
    const samples = [3, 1, 2].map((value) => ({ value, extras: { p99: value * 10 } }))
    expect(summarize(7, samples)).toEqual({ n: 7, median: 2, low: 1, high: 3, extras: { p99: 20 } })
  })
})

describe('ratioOf', () => {
  it.each(['rate', 'cpu-rate'] as const)('is above 1 for the higher %s', (measure) => {
    expect(ratioOf(measure, summary(30), summary(10))).toBe(3)
  })

  it.each(['memory', 'latency', 'startup'] as const)('is above 1 for the lower %s', (measure) => {
    expect(ratioOf(measure, summary(10), summary(30))).toBe(3)
  })
})

describe('reportWorkload', () => {
  it('says how many times better each spelling is than each peer', () => {
    const row = { 'yield*': summary(4e6), compiled: summary(3e6), await: summary(1e6), effect: summary(2e6) }
    const lines = reportWorkload(workload('rate'), row).split('\n')
    expect(lines[0]).toBe('### one: things done')
    expect(lines[7]).toBe('| effect | 2.00M | 2.00M..2.00M | 500 ns | x2.00 | x1.50 | x0.50 |')
  })

  it('says when a peer was given fewer operations', () => {
    expect(reportWorkload(workload('rate'), { effection: summary(10, 5) })).toContain('| effection (n 5.0) |')
  })

  it('leaves the ratio out where ours was not measured', () => {
    expect(reportWorkload(workload('startup'), { effect: summary(10) })).toMatch(
      /\| effect \| 10 \| 10\.\.10 \|  \|  \|  \|$/m,
    )
  })
})

describe('reportRatios', () => {
  it('has a line a workload and a column a peer, empty where a peer has no program', () => {
    const table = reportRatios([
      [
        { ...workload('rate'), name: 'a' },
        { 'yield*': summary(20), compiled: summary(15), await: summary(10), effect: summary(10) },
      ],
      [
        { ...workload('rate'), name: 'b' },
        { 'yield*': summary(20), await: summary(10), trio: summary(40) },
      ],
    ])
    expect(table).toContain(': `yield*` / `compiled` / `await`, above 1 is better')
    const cells = table
      .split('\n')
      .slice(4, 6)
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      )
    expect(cells).toEqual([
      ['a', '20', '15', '10', 'x2.00 / x1.50 / x1.00', ''],
      ['b', '20', '', '10', '', 'x0.50 / - / x0.25'],
    ])
  })
})

describe('formatNumber', () => {
  it.each([
    [1_234_567, '1.23M'],
    [12_345, '12K'],
    [1234, '1.2K'],
    [123.4, '123'],
    [1.25, '1.3'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
})

describe('mergeResults', () => {
  it('puts the later figures of a workload in place of the earlier ones, and keeps the others', () => {
    const run = (date: string, rows: Results['results']): Results => ({
      date,
      machine: { [date]: 'x' },
      results: rows,
      failures: [],
    })
    const first = run('1', { a: { effect: summary(1) }, b: { effect: summary(1) } })
    const merged = mergeResults(first, run('2', { b: { effect: summary(2) } }))
    expect(merged.date).toBe('2')
    expect(merged.machine).toEqual({ '1': 'x', '2': 'x' })
    expect([merged.results['a']!['effect']!.median, merged.results['b']!['effect']!.median]).toEqual([1, 2])
  })
})

import type { Sample } from './child-spec.ts'
import { median } from './median.ts'

/** What several samples of one peer come to. */
export interface Summary {
  readonly n: number
  readonly median: number
  readonly low: number
  readonly high: number
  readonly extras: Readonly<Record<string, number>>
}

/** Sums up the samples of one peer, each of which did `n` operations a call. */
export function summarize(n: number, samples: readonly Sample[]): Summary {
  const values = samples.map(({ value }) => value)
  const names = Object.keys(samples[0]!.extras ?? {})
  return {
    n,
    median: median(values),
    low: Math.min(...values),
    high: Math.max(...values),
    extras: Object.fromEntries(names.map((name) => [name, median(samples.map(({ extras }) => extras![name]!))])),
  }
}

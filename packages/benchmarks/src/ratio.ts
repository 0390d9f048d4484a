import type { Summary } from './summary.ts'
import type { Measure } from './workload.ts'

export const higherIsBetter = (measure: Measure): boolean => measure === 'rate' || measure === 'cpu-rate'

/** How many times better the first is than the second: above 1 the first leads. */
export const ratioOf = (measure: Measure, mine: Summary, theirs: Summary): number =>
  higherIsBetter(measure) ? mine.median / theirs.median : theirs.median / mine.median

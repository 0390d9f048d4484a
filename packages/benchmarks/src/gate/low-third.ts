import { median } from '../median.ts'

/** The middle of the lowest third: what it takes when nothing comes in between. */
export function lowThird(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return median(sorted.slice(0, Math.max(1, Math.ceil(sorted.length / 3))))
}

/** How much dearer than its baseline a workload may be. Below it are the swings of one program on one machine. */
export const allowed = 1.6

/** The processes that a workload gets before it counts as slower. */
export const attempts = 3

/** What the gate found for one workload in one spelling. */
export interface Verdict {
  readonly name: string
  readonly cost: number
  readonly baseline: number | undefined
  readonly isSlower: boolean
}

/** Steps of the kernel for each operation, by the major of Node and `workload spelling`. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, number>>>>

/**
 * Measures until the cost is within bounds, or the attempts are over, and judges the lowest: a busy machine makes
 * programs slower, never faster.
 */
export async function judge(
  name: string,
  baseline: number | undefined,
  measure: () => Promise<number>,
): Promise<Verdict> {
  const limit = baseline === undefined ? Infinity : baseline * allowed
  let cost = Infinity
  for (let attempt = 0; attempt < attempts && !(cost <= limit && cost < Infinity); attempt++) {
    cost = Math.min(cost, await measure())
  }
  return { name, cost, baseline, isSlower: cost > limit }
}

/** A line for the terminal. */
export function verdictLine({ name, cost, baseline, isSlower }: Verdict): string {
  const was =
    baseline === undefined ? 'no baseline' : `baseline ${baseline.toFixed(2)}, x${(cost / baseline).toFixed(2)}`
  return `${isSlower ? 'SLOWER' : 'ok    '} ${name.padEnd(26)} ${cost.toFixed(2).padStart(8)} steps (${was})`
}

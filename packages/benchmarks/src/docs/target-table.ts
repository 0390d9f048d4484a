import { catalogue } from '../catalogue.ts'
import { ratioOf } from '../ratio.ts'
import { table } from '../report.ts'
import type { Results } from '../results.ts'
import { targets } from './targets.ts'
import type { Target } from './targets.ts'

/** Below this part of a target it is missed; between here and the target the noise of the machine decides. */
const nearly = 0.9

/** What became of a target: absent where one of the two has not been measured. */
export function reached({ workload, spelling, peer }: Target, { results }: Results): number | undefined {
  const measure = catalogue.find(({ name }) => name === workload)!.measure
  const row = results[workload]
  const [mine, theirs] = [row?.[spelling], row?.[peer]]
  return mine === undefined || theirs === undefined ? undefined : ratioOf(measure, mine, theirs)
}

function verdict(ratio: number, factor: number): string {
  if (ratio >= factor) return 'yes'
  return ratio >= factor * nearly ? 'nearly' : '**no**'
}

/** A line for each target that was measured: how many times better ours was meant to be, and is. */
export function targetTable(results: Results): string {
  const lines = targets.flatMap((target) => {
    const ratio = reached(target, results)
    if (ratio === undefined) return []
    const { workload, spelling, peer, factor } = target
    return [[`\`${workload}\``, `\`${spelling}\``, peer, `x${factor}`, `x${ratio.toFixed(2)}`, verdict(ratio, factor)]]
  })
  return table(['workload', 'ours', 'beside', 'target', 'measured', 'reached'], lines)
}

/** By how much a start with ours is longer than one with nothing, in milliseconds. */
export function startLine({ results }: Results): string {
  const row = results['startup']
  const [mine, bare] = [row?.['yield*'], row?.['bare-node']]
  if (mine === undefined || bare === undefined) return ''
  const overMs = mine.median - bare.median
  return `Import and a first task take ${overMs.toFixed(1)} ms over a bare Node (target: at most 10 ms).\n`
}

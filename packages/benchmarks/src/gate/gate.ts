/**
 * Fails when ours has become slower than the committed baseline: `npm run bench:gate`.
 *
 * A cost is counted in steps of a plain-JavaScript kernel that runs by turns with the workload in one process, so that
 * it holds on any machine. It differs between releases of Node, which have a baseline each.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { bundleChildren } from '../bundle.ts'
import { choose } from '../choose.ts'
import { median } from '../median.ts'
import { spellings } from '../peers.ts'
import type { Peer } from '../peers.ts'
import { programOf } from '../program-of.ts'
import { gateEntries } from './entries.ts'
import type { GateEntry } from './entries.ts'
import type { GateSample, GateSpec } from './gate-spec.ts'
import { attempts, judge, verdictLine } from './judge.ts'
import type { Baseline, Verdict } from './judge.ts'

const exec = promisify(execFile)
const limitMs = 60_000
const file = fileURLToPath(new URL('../../gate-baseline.json', import.meta.url))

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    spellings: { type: 'string', default: '' },
    node: { type: 'string', default: process.execPath },
    update: { type: 'boolean', default: false },
    plant: { type: 'boolean', default: false },
  },
})
if (options.update && options.plant) throw new Error('--plant makes ours slower on purpose: leave out --update')

const entries = choose(gateEntries, options.only, ({ workload }) => workload.name)
const lanes = choose(spellings, options.spellings, ({ label }) => label)
const baselines = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Baseline
const major = execFileSync(options.node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.')[0]!
const baseline = baselines[major] ?? {}
const bundle = await bundleChildren(false)

async function measureOnce({ workload, n }: GateEntry, spelling: Peer): Promise<number> {
  const spec: GateSpec = {
    file: join(bundle, programOf(workload, spelling)),
    spelling: spelling.export!,
    n,
    width: workload.width ?? 0,
    isPlanted: options.plant,
  }
  const child = join(bundle, 'gate', 'gate-child.js')
  // One thread, so that the compiler and the collector of garbage are in the same account, at the same time.
  const { stdout } = await exec(options.node, ['--single-threaded', child, JSON.stringify(spec)], { timeout: limitMs })
  return (JSON.parse(stdout) as GateSample).cost
}

/** A baseline is the middle of several processes: a lucky one would fail the next that is not. */
async function settle(measure: () => Promise<number>): Promise<number> {
  const costs: number[] = []
  while (costs.length < attempts) costs.push(await measure())
  return median(costs)
}

async function judgeAll(): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const entry of entries) {
    for (const spelling of lanes) {
      const name = `${entry.workload.name} ${spelling.label}`
      const measure = (): Promise<number> => measureOnce(entry, spelling)
      const verdict = options.update
        ? await judge(name, undefined, () => settle(measure))
        : await judge(name, baseline[name], measure)
      console.log(verdictLine(verdict))
      verdicts.push(verdict)
    }
  }
  return verdicts
}

function update(verdicts: readonly Verdict[]): void {
  const costs = verdicts.map(({ name, cost }) => [name, Number(cost.toPrecision(3))])
  const updated = { ...baselines, [major]: { ...baseline, ...(Object.fromEntries(costs) as Record<string, number>) } }
  writeFileSync(file, `${JSON.stringify(updated, null, 2)}\n`)
}

const verdicts = await judgeAll()
if (options.update) update(verdicts)
else if (verdicts.some(({ baseline: known }) => known === undefined)) {
  console.error(`There is no baseline for all of it on Node ${major}: run npm run bench:gate -- --update`)
  process.exitCode = 1
} else if (verdicts.some(({ isSlower }) => isSlower)) process.exitCode = 1

/** Runs workloads beside every peer, in processes that take turns, and prints the medians and what we make of them. */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { build } from 'esbuild'
import { measuredInCpuTime, workloadNames, workloads } from './workload.ts'
import type { WorkloadName } from './workload.ts'

const exec = promisify(execFile)
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const bundle = here('../results/bundle')

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    turns: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    node: { type: 'string', default: process.execPath },
    python: { type: 'string', default: 'python3' },
  },
})

const ours = ['ours (yield*)', 'ours (await)']
const peers = [
  ...ours,
  'asyncio',
  'uvloop',
  'native promises',
  'effect',
  'async-mutex',
  'async-sema',
  'p-limit',
  'p-queue',
  'fastq',
]
const wanted = (list: string, name: string): boolean => list === '' || list.split(',').includes(name)
const names = workloadNames.filter((name) => wanted(options.only, name))
const chosen = peers.filter((peer) => wanted(options.peers, peer))

async function measure(peer: string, name: WorkloadName): Promise<number | null> {
  const n = options.quick ? Math.min(1000, workloads[name].n) : workloads[name].n
  const rounds = options.quick ? '1' : options.rounds
  const cpu = measuredInCpuTime.has(name) ? 'cpu' : 'clock'
  const [command, args] = peer === 'asyncio' || peer === 'uvloop'
    ? [options.python, [here('./peers/asyncio_peer.py'), name, String(n), rounds, cpu, peer]] as const
    : [options.node, [`${bundle}/child.js`, peer, name, String(n), rounds]] as const
  try {
    const { stdout } = await exec(command, [...args], { timeout: 300_000 })
    return JSON.parse(stdout) as number | null
  } catch (error) {
    if (options.quick && ours.includes(peer)) throw error
    return null
  }
}

const format = (rate: number): string =>
  rate >= 1e6 ? `${(rate / 1e6).toFixed(2)}M` : rate >= 1e3 ? `${(rate / 1e3).toFixed(0)}K` : rate.toFixed(0)

const median = (rates: number[]): number => rates.sort((a, b) => a - b)[rates.length >> 1]!

await build({
  entryPoints: [here('./child.ts')],
  outdir: bundle,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@asyncio-ts/source'],
  logLevel: 'error',
})
writeFileSync(`${bundle}/package.json`, '{ "type": "module" }')
const results: Record<string, Record<string, { median: number; low: number; high: number }>> = {}
for (const name of names) {
  const rates: Record<string, number[]> = {}
  for (let turn = 0; turn < (options.quick ? 1 : Number(options.turns)); turn++) {
    for (const peer of chosen) {
      const rate = await measure(peer, name)
      if (rate !== null) (rates[peer] ??= []).push(rate)
    }
  }
  const row: Record<string, { median: number; low: number; high: number }> = {}
  for (const [peer, list] of Object.entries(rates)) {
    row[peer] = { median: median(list), low: Math.min(...list), high: Math.max(...list) }
  }
  results[name] = row
  console.log(`\n### ${name}: ${workloads[name].text}\n`)
  console.log('| peer | per second | spread | ours (yield*) | ours (await) |\n|---|---|---|---|---|')
  for (const [peer, { median: rate, low, high }] of Object.entries(row)) {
    const ratio = (mine: string): string => (row[mine] === undefined ? '' : `x${(row[mine].median / rate).toFixed(2)}`)
    console.log(`| ${peer} | ${format(rate)} | ${format(low)}..${format(high)} | ${ours.map(ratio).join(' | ')} |`)
  }
}
mkdirSync(here('../results'), { recursive: true })
writeFileSync(here('../results/latest.json'), JSON.stringify({ node: process.version, results }, null, 2))
rmSync(bundle, { recursive: true })

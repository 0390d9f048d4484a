/** Runs the workloads beside every peer, in processes that take turns, and prints what ours makes of it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleChildren } from './bundle.ts'
import { catalogue } from './catalogue.ts'
import type { ChildSpec, Sample } from './child-spec.ts'
import { findPython } from './find-python.ts'
import { describeMachine } from './machine.ts'
import { peers } from './peers.ts'
import type { Peer } from './peers.ts'
import { reportRatios, reportWorkload } from './report.ts'
import type { Row } from './report.ts'
import { summarize } from './summary.ts'
import { takeSample } from './take-sample.ts'
import type { Launch } from './take-sample.ts'
import type { Workload } from './workload.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    turns: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    dist: { type: 'boolean', default: false },
    node: { type: 'string', default: process.execPath },
    python: { type: 'string' },
    out: { type: 'string', default: 'latest' },
    profile: { type: 'boolean', default: false },
  },
})

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const libraries = ['effect', 'effection', 'async-mutex', 'async-sema', 'p-limit', 'p-queue', 'fastq']

function choose<T>(all: readonly T[], list: string, nameOf: (thing: T) => string): readonly T[] {
  if (list === '') return all
  const names = list.split(',')
  const unknown = names.filter((name) => !all.some((thing) => nameOf(thing) === name))
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. There are: ${all.map(nameOf).join(', ')}`)
  return all.filter((thing) => names.includes(nameOf(thing)))
}

const workloads = choose(catalogue, options.only, ({ name }) => name)
const chosen = choose(peers, options.peers, ({ label }) => label)
const interpreters = options.python === undefined ? ['/usr/bin/python3', 'python3'] : [options.python]
const pythons = new Map<string, string>()
for (const module of new Set(chosen.flatMap((peer) => peer.python ?? []))) {
  const python = findPython(interpreters, module)
  if (python === undefined) console.error(`${module} is not installed: left out`)
  else pythons.set(module, python)
}
const machine = describeMachine(options.node, pythons, libraries)
const bundle = await bundleChildren(options.dist)
const failures: string[] = []

/** The program that holds the workload for the peer, or undefined where it has none. */
function programOf(workload: Workload, peer: Peer): string | undefined {
  if (workload.cut?.[peer.label] === 0 || (peer.python !== undefined && !pythons.has(peer.python))) return undefined
  const program = `workloads/${workload.folder ?? workload.name}/${peer.file}`
  // Asked of the sources: a bundle that went missing has to fail, not to leave the peer out.
  if (!existsSync(here(program))) return undefined
  return peer.python === undefined ? join(bundle, program.replace(/\.ts$/, '.js')) : here(program)
}

function launchOf(peer: Peer): Launch {
  const echoClient = [options.node, join(bundle, 'echo-client.js')]
  if (peer.python === undefined) {
    const profiler = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${here('../results')}`] : []
    return { command: options.node, harness: ['--expose-gc', ...profiler, join(bundle, 'child.js')], echoClient }
  }
  return { command: pythons.get(peer.python)!, harness: [here('measure.py')], echoClient }
}

function specOf(workload: Workload, peer: Peer, file: string): ChildSpec {
  const cut = workload.cut?.[peer.label] ?? workload.n
  return {
    file,
    library: peer.export ?? peer.label,
    measure: workload.measure,
    n: options.quick ? Math.min(cut, workload.quick) : cut,
    width: workload.width ?? 0,
    rounds: options.quick ? 1 : Number(options.rounds),
    roundSeconds: options.quick ? 0 : 0.2,
    budgetSeconds: options.quick ? 1 : 10,
  }
}

async function compare(workload: Workload): Promise<Row> {
  const samples = new Map<string, { n: number; taken: Sample[] }>()
  for (let turn = 0; turn < (options.quick ? 1 : Number(options.turns)); turn++) {
    for (const peer of chosen) {
      const file = programOf(workload, peer)
      if (file === undefined) continue
      const spec = specOf(workload, peer, file)
      try {
        const sample = await takeSample(launchOf(peer), spec)
        const entry = samples.get(peer.label) ?? { n: spec.n, taken: [] }
        entry.taken.push(sample)
        samples.set(peer.label, entry)
      } catch (error) {
        failures.push(`${workload.name}, ${peer.label}: ${(error as Error).message}`)
        console.error(failures.at(-1))
      }
    }
  }
  return Object.fromEntries([...samples].map(([label, { n, taken }]) => [label, summarize(n, taken)]))
}

console.log(`${Object.entries(machine).map((entry) => entry.join(' ')).join(' · ')}\n`)
const rows: [Workload, Row][] = []
for (const workload of workloads) {
  const row = await compare(workload)
  rows.push([workload, row])
  // A quick run measures cold code: its numbers would only mislead.
  console.log(options.quick ? `${workload.name} ran: ${Object.keys(row).join(', ')}` : reportWorkload(workload, row))
}
if (rows.length > 1 && !options.quick) console.log(reportRatios(rows))
const results = Object.fromEntries(rows.map(([{ name }, row]) => [name, row]))
mkdirSync(here('../results'), { recursive: true })
writeFileSync(here(`../results/${options.out}.json`), JSON.stringify({ machine, results, failures }, null, 2))
process.exitCode = failures.length > 0 ? 1 : 0

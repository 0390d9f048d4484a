/** Runs the workloads beside every peer, in processes that take turns, and prints what ours makes of it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { bundleChildren } from './bundle.ts'
import { compare, smoke } from './compare.ts'
import { updateDocs } from './docs/update-docs.ts'
import { findPython } from './find-python.ts'
import { describeMachine } from './machine.ts'
import { Measurer } from './measurer.ts'
import { parseOptions } from './options.ts'
import type { Options } from './options.ts'
import { reportRatios, reportWorkload } from './report.ts'
import type { Row } from './report.ts'
import type { Results } from './results.ts'
import { folderOf } from './workload.ts'
import type { Workload } from './workload.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const failures: string[] = []

function fail(sentence: string): void {
  failures.push(sentence)
  console.error(sentence)
}

function findPythons({ peers, pythons }: Options): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const module of new Set(peers.flatMap((peer) => peer.python ?? []))) {
    const python = findPython(pythons, module)
    if (python === undefined) console.error(`${module} is not installed: left out`)
    else found.set(module, python)
  }
  return found
}

async function runQuick(measurer: Measurer, { workloads, peers }: Options): Promise<void> {
  const folders = new Map(workloads.toReversed().map((workload) => [folderOf(workload), workload]))
  // A start is timed by a child that nothing may run beside, so two lanes are for this smoke run alone.
  const ran = await smoke(measurer, [...folders.values()].toReversed(), peers, availableParallelism(), fail)
  console.log(`${ran} programs of ${folders.size} workloads were run; ${failures.length} failed.`)
}

async function runWhole(measurer: Measurer, options: Options): Promise<readonly [Workload, Row][]> {
  const rows: [Workload, Row][] = []
  for (const workload of options.workloads) {
    const row = await compare(measurer, workload, options.peers, options, fail)
    rows.push([workload, row])
    console.log(reportWorkload(workload, row))
  }
  if (rows.length > 1) console.log(reportRatios(rows))
  return rows
}

function write(options: Options, results: Results): void {
  mkdirSync(here('../results'), { recursive: true })
  writeFileSync(here(`../results/${options.out}.json`), JSON.stringify(results, null, 2))
  if (options.docs) updateDocs(results)
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2))
  const pythons = findPythons(options)
  const machine = describeMachine(options.node, pythons)
  console.log(
    `${Object.entries(machine)
      .map((entry) => entry.join(' '))
      .join(' · ')}\n`,
  )
  const measurer = new Measurer(options, pythons, await bundleChildren(options.dist))
  if (options.quick) await runQuick(measurer, options)
  else {
    const rows = await runWhole(measurer, options)
    const results = Object.fromEntries(rows.map(([{ name }, row]) => [name, row]))
    write(options, { date: new Date().toISOString().slice(0, 10), machine, results, failures })
  }
  process.exitCode = failures.length > 0 ? 1 : 0
}

await main()
